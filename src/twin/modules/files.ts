// What several modules do with the machine's files.
import type { FileOutcome, Machine } from '../machine.js';
import type { JsonObject } from './json.js';
import { failJson } from './reply.js';
import { endsWithSeparator, joinPath, parentOf } from '../shell/windows-path.js';

/** A destination that is a folder, or ends as one, takes the file by its own name. */
export async function targetOf(machine: Machine, dest: string, basename: string): Promise<string> {
  const found = await machine.stat(dest);
  return endsWithSeparator(dest) || found?.isDirectory === true ? joinPath(dest, basename) : dest;
}

/** win_copy's rule: the parent of a file must be there, unless the task named a folder. */
export async function requireParent(
  machine: Machine,
  dest: string,
  target: string,
  result: JsonObject = {},
): Promise<void> {
  const parent = parentOf(target);
  const found = await machine.stat(parent);
  if (found?.isDirectory === true) return;
  if (found !== undefined)
    failJson(`object at destination parent dir '${parent}' is currently a file`, result);
  if (dest === target) failJson(`Destination directory '${parent}' does not exist`, result);
  done(machine.makeFolder(parent));
}

/** The bytes of all files below a folder. */
export async function folderSize(machine: Machine, folder: string): Promise<number> {
  let size = 0;
  for (const name of (await machine.listFolder(folder)) ?? []) {
    const entry = await machine.stat(joinPath(folder, name));
    if (entry === undefined) continue;
    size += entry.isDirectory ? await folderSize(machine, entry.path) : entry.sizeBytes;
  }
  return size;
}

/** A refused write ends the module as an exception does on Windows. */
export function done(outcome: FileOutcome): void {
  if (!outcome.ok) throw new Error(outcome.error.message);
}
