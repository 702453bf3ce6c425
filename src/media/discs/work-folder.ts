// The folder in which a disc is made: beside its place, one rename away from it, and closed to everybody else, so that
// whatever a tool does with modes meanwhile nobody sees a disc that is not done.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity, sameProcess } from '../../util/index.js';

const unfinished = '.new-';

/** Makes the folder, and removes it with all that is in it, however it ends. */
export async function inWorkFolder<T>(parent: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(parent, `${unfinished}${ownName()}`);
  await mkdir(folder, { mode: 0o700 });
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the work folders of processes that are gone (kill -9, a power cut): gigabytes may lie in them. */
export async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(unfinished) && isOwnerGone(name.slice(unfinished.length)))
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** `<pid>.<start time>.<boot>.<random>`; `x` for what this system does not tell. */
function ownName(): string {
  const { startTime, boot } = processIdentity() ?? { startTime: null, boot: null };
  return [process.pid, startTime ?? 'x', boot ?? 'x', randomBytes(6).toString('hex')].join('.');
}

/** A name of another form belongs to nobody we know. */
function isOwnerGone(name: string): boolean {
  const [, pid, startTime, boot] = /^(\d+)\.(\d+|x)\.([\w-]+)\.[0-9a-f]+$/.exec(name) ?? [];
  if (pid === undefined) return false;
  return !sameProcess({
    pid: Number(pid),
    startTime: startTime === 'x' ? null : Number(startTime),
    boot: boot === 'x' ? null : (boot ?? null),
  });
}
