// The owner of something unfinished, as a part of its file name: it is there as soon as the thing is, whole, and a
// name is never used twice.
import { randomBytes } from 'node:crypto';
import { processIdentity, sameProcess, type ProcessIdentity } from '../util/index.js';

/** `<pid>.<start time>.<boot>.<random>` of this process; `x` for what this system does not tell. */
export function ownName(): string {
  const { pid, startTime, boot } = ownIdentity();
  return [pid, startTime ?? 'x', boot ?? 'x', randomBytes(6).toString('hex')].join('.');
}

export function ownIdentity(): ProcessIdentity {
  return processIdentity() ?? { pid: process.pid, startTime: null, boot: null };
}

/** The process that such a name tells of, or null where it is no such name. */
export function ownerOf(name: string): ProcessIdentity | null {
  const match = /^(\d+)\.(\d+|x)\.([0-9a-f-]+(?:_\d+)?|x)\.[0-9a-f]+$/.exec(name);
  if (match === null) return null;
  const [, pid, startTime, boot = 'x'] = match;
  return {
    pid: Number(pid),
    startTime: startTime === 'x' ? null : Number(startTime),
    boot: boot === 'x' ? null : boot,
  };
}

/** Whether the process that such a name tells of is gone. A name of another form belongs to nobody we know. */
export function isOwnerGone(name: string): boolean {
  const owner = ownerOf(name);
  return owner !== null && !sameProcess(owner);
}
