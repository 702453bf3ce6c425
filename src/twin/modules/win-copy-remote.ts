// win_copy with `remote_src`: a file or a folder, from one place of the machine to another (win_copy.ps1, `remote`).
import type { FileStat, Machine } from '../machine.js';
import { done, folderSize, requireParent, targetOf } from './files.js';
import { exitJson, failJson, type ModuleReply } from './reply.js';
import { endsWithSeparator, joinPath, leafOf, parentOf } from '../shell/windows-path.js';

export interface RemoteCopy {
  src: string;
  dest: string;
  force: boolean;
  checkMode: boolean;
}

export async function copyRemote(machine: Machine, copy: RemoteCopy): Promise<ModuleReply> {
  const source = await machine.stat(copy.src);
  const named = { src: copy.src, dest: copy.dest };
  if (source === undefined)
    return failJson(`Cannot copy src file: '${copy.src}' as it does not exist`, named);
  return source.isDirectory ? remoteFolder(machine, copy, source) : remoteFile(machine, copy, source);
}

async function remoteFile(machine: Machine, copy: RemoteCopy, source: FileStat): Promise<ModuleReply> {
  const basename = leafOf(source.path);
  const target = await targetOf(machine, copy.dest, basename);
  const result = { src: copy.src, dest: target, operation: 'file_copy', original_basename: basename };
  await requireParent(machine, copy.dest, target, result);
  const changed = await copyFile(machine, copy, source.path, target);
  return exitJson({
    ...result,
    changed,
    checksum: copy.force ? await machine.hashFile(source.path, 'sha1') : null,
    size: (await machine.stat(target))?.sizeBytes ?? null,
  });
}

async function remoteFolder(machine: Machine, copy: RemoteCopy, source: FileStat): Promise<ModuleReply> {
  // With a slash at its end the folder's content is copied, without one the folder itself.
  const target = endsWithSeparator(copy.src) ? copy.dest : joinPath(copy.dest, leafOf(source.path));
  const changed = await copyFolder(machine, copy, source.path, target);
  return exitJson({
    src: copy.src,
    dest: target,
    operation: 'folder_copy',
    changed,
    size: copy.checkMode ? null : await folderSize(machine, target),
  });
}

async function copyFolder(
  machine: Machine,
  copy: RemoteCopy,
  source: string,
  dest: string,
): Promise<boolean> {
  const found = await machine.stat(dest);
  if (found?.isDirectory === false) {
    failJson(`cannot copy folder from '${source}' to '${dest}': dest is already a file`);
  }
  let changed = found === undefined;
  if (found === undefined && !copy.checkMode) done(machine.makeFolder(dest));
  for (const name of (await machine.listFolder(source)) ?? []) {
    const child = await machine.stat(joinPath(source, name));
    if (child === undefined) continue;
    const copyChild = child.isDirectory ? copyFolder : copyFile;
    if (await copyChild(machine, copy, child.path, joinPath(dest, name))) changed = true;
  }
  return changed;
}

async function copyFile(machine: Machine, copy: RemoteCopy, source: string, dest: string): Promise<boolean> {
  const found = await machine.stat(dest);
  if (found?.isDirectory === true) {
    failJson(`cannot copy file from '${source}' to '${dest}': dest is already a folder`);
  }
  if (found !== undefined && !copy.force) return false;
  if (
    found !== undefined &&
    (await machine.hashFile(source, 'sha1')) === (await machine.hashFile(dest, 'sha1'))
  ) {
    return false;
  }
  if (copy.checkMode) return true;
  if ((await machine.stat(parentOf(dest))) === undefined) done(machine.makeFolder(parentOf(dest)));
  done(machine.writeFile(dest, (await machine.readFile(source)) ?? Buffer.alloc(0)));
  return true;
}
