// ansible.windows.win_copy 1.14.0 (win_copy.ps1 and the action plugin, read): `query` says what must be sent, `single`
// and `explode` take what was sent into place, `remote` copies on the machine.
import type { Machine } from '../machine.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { done, requireParent, targetOf } from './files.js';
import { isObject, type JsonObject } from './json.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, failJson, notModelled, type ModuleReply } from './reply.js';
import { copyRemote } from './win-copy-remote.js';
import { joinPath, leafOf, parentOf } from '../shell/windows-path.js';
import { readZip, ZipError } from './zip.js';

export async function winCopy(call: ModuleCall): Promise<ModuleReply> {
  const { machine } = call;
  const given = new LegacyArguments(call, { supportsCheckMode: true });
  const mode = given.str('_copy_mode', {
    default: 'single',
    choices: ['explode', 'query', 'remote', 'single'],
  });
  const src = given.path('src', { required: mode !== 'query' && mode !== 'remote' }) ?? '';
  const dest = given.path('dest', { required: true }) ?? '';
  if (given.bool('backup', false)) failJson(notModelled('win_copy with backup'));
  const force = given.bool('force', true);
  if (mode === 'query') {
    return query(machine, {
      dest,
      force,
      files: given.list('files'),
      directories: given.list('directories'),
    });
  }
  if (mode === 'explode') return explode(machine, { src, dest, checkMode: given.checkMode });
  if (mode === 'remote') return copyRemote(machine, { src, dest, force, checkMode: given.checkMode });
  return single(machine, { src, dest, basename: given.str('_original_basename') ?? leafOf(src) });
}

interface Query {
  dest: string;
  force: boolean;
  files: unknown[] | null;
  directories: unknown[] | null;
}

async function query(machine: Machine, { dest, force, files, directories }: Query): Promise<ModuleReply> {
  const changedFiles: JsonObject[] = [];
  for (const file of (files ?? []).filter(isObject)) {
    if (await mustSend(machine, dest, force, file)) changedFiles.push(file);
  }
  const changedFolders: JsonObject[] = [];
  for (const folder of (directories ?? []).filter(isObject)) {
    const path = joinPath(dest, textOf(folder, 'dest'));
    const parent = await machine.stat(parentOf(path));
    if (parent?.isDirectory === false) {
      failJson(`cannot copy folder to dest '${path}': object at parent directory path is already a file`);
    }
    const found = await machine.stat(path);
    if (found?.isDirectory === false) {
      failJson(`cannot copy folder to dest '${path}': object at path is already a file`);
    }
    if (found === undefined) changedFolders.push(folder);
  }
  return exitJson({ files: changedFiles, directories: changedFolders, symlinks: [] });
}

async function mustSend(machine: Machine, dest: string, force: boolean, file: JsonObject): Promise<boolean> {
  let path = joinPath(dest, textOf(file, 'dest'));
  let found = await machine.stat(path);
  if (found?.isDirectory === true) {
    path = joinPath(path, leafOf(textOf(file, 'src')));
    found = await machine.stat(path);
  }
  if (found === undefined) return true;
  if (found.isDirectory) {
    return failJson(`cannot copy file to dest '${path}': object at path is already a directory`);
  }
  return force && (await machine.hashFile(path, 'sha1')) !== textOf(file, 'checksum').toLowerCase();
}

async function single(
  machine: Machine,
  { src, dest, basename }: { src: string; dest: string; basename: string },
): Promise<ModuleReply> {
  const data = await machine.readFile(src);
  if (data === undefined) return failJson(`Cannot copy src file: '${src}' as it does not exist`);
  const target = await targetOf(machine, dest, basename);
  await requireParent(machine, dest, target);
  done(machine.writeFile(target, data));
  return exitJson({ changed: true });
}

async function explode(
  machine: Machine,
  { src, dest, checkMode }: { src: string; dest: string; checkMode: boolean },
): Promise<ModuleReply> {
  const bytes = await machine.readFile(src);
  if (bytes === undefined) return failJson(`Cannot expand src zip file: '${src}' as it does not exist`);
  for (const { path, data } of exploded(bytes, dest)) {
    if (checkMode) continue;
    const folder = data === null ? path : parentOf(path);
    if ((await machine.stat(folder)) === undefined) done(machine.makeFolder(folder));
    if (data !== null) done(machine.writeFile(path, data));
  }
  return exitJson({ changed: true });
}

/** Member names are base64 of the path below `dest`; a folder's ends in a slash. */
function exploded(bytes: Buffer, dest: string): { path: string; data: Buffer | null }[] {
  try {
    return readZip(bytes).map(({ name, data }) => {
      const isFolder = /[\\/]$/.test(name);
      const below = Buffer.from(name.replace(/[\\/]$/, ''), 'base64').toString('utf8');
      if (below.split(/[\\/]/).includes('..'))
        throw new ZipError(`the member ${below} leaves the destination`);
      return { path: joinPath(dest, below), data: isFolder ? null : data };
    });
  } catch (error) {
    if (error instanceof ZipError) return failJson(`Cannot expand src zip file: ${error.message}`);
    throw error;
  }
}

function textOf(entry: JsonObject, key: string): string {
  const value = entry[key];
  return value === undefined || value === null ? '' : dotNetText(value);
}
