// ansible.windows.win_file 1.14.0 (win_file.ps1, read).
import type { FileOutcome, FileStat, Machine } from '../machine.js';
import type { ModuleCall } from './call.js';
import { done } from './files.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, failJson, type ModuleReply } from './reply.js';
import { joinPath, leafOf } from '../shell/windows-path.js';

export async function winFile(call: ModuleCall): Promise<ModuleReply> {
  const { machine } = call;
  const given = new LegacyArguments(call, { supportsCheckMode: true });
  let path = given.path('path', { required: true, aliases: ['dest', 'name'] }) ?? '';
  const state =
    given.str('state', { choices: ['absent', 'directory', 'file', 'touch'] })?.toLowerCase() ?? null;
  const basename = given.str('_original_basename');
  let found = await machine.stat(path);
  if (found?.isDirectory === true && basename !== null) {
    path = joinPath(path, basename);
    found = await machine.stat(path);
  }
  if (state === 'touch') return touch(machine, path, found, given.checkMode);
  if (found !== undefined) return existing(machine, found, state, given.checkMode);
  const wanted = state ?? (leafOf(path) === '' ? 'directory' : 'file');
  if (wanted === 'absent') return exitJson({});
  if (wanted === 'file') return failJson(`path ${path} will not be created`);
  if (!given.checkMode) done(machine.makeFolder(path));
  return exitJson({ changed: true });
}

async function touch(
  machine: Machine,
  path: string,
  found: FileStat | undefined,
  checkMode: boolean,
): Promise<ModuleReply> {
  if (checkMode || found?.isDirectory === true) return exitJson({ changed: true });
  const data = found === undefined ? Buffer.alloc(0) : await machine.readFile(path);
  done(machine.writeFile(path, data ?? Buffer.alloc(0)));
  return exitJson({ changed: true });
}

function existing(machine: Machine, found: FileStat, state: string | null, checkMode: boolean): ModuleReply {
  if (state === 'absent') {
    const outcome: FileOutcome = checkMode ? { ok: true } : machine.removePath(found.path);
    if (!outcome.ok) return failJson(`Failed to delete ${found.path}: ${outcome.error.message}`);
    return exitJson({ changed: true });
  }
  if (state === 'directory' && !found.isDirectory) return failJson(`path ${found.path} is not a directory`);
  if (state === 'file' && found.isDirectory) return failJson(`path ${found.path} is not a file`);
  return exitJson({});
}
