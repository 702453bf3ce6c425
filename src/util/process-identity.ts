// Who a process is, so that a record of it stays true after it ended: a process id alone is given away again.
import { readFileSync } from 'node:fs';

/** A process as it can be written down: JSON, comparable after the writer is long gone. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since boot, of /proc/PID/stat; null on a system without /proc. */
  startTime: number | null;
  /** The boot that the ticks count from; null on a system without /proc. */
  boot: string | null;
}

/** What /proc/PID/stat says, as far as lyncimg asks. */
export interface ProcessStat {
  pid: number;
  group: number;
  startTime: number;
  /** Has ended, and its parent has not yet asked how. It holds nothing and runs nothing. */
  zombie: boolean;
}

/** The identity of a running process (by default this one), or null where there is none of that number. */
export function processIdentity(pid: number = process.pid): ProcessIdentity | null {
  const boot = bootId();
  if (boot === null) return answersSignals(pid) ? { pid, startTime: null, boot: null } : null;
  const stat = processStat(pid);
  return stat === null || stat.zombie ? null : { pid, startTime: stat.startTime, boot };
}

/**
 * Whether that very process still runs. Where the start time is not known (no /proc, now or when it was written
 * down), a process of that number counts as the same: whoever asks then waits too long rather than takes too much.
 */
export function sameProcess(identity: ProcessIdentity): boolean {
  const now = processIdentity(identity.pid);
  if (now === null) return false;
  if (identity.startTime === null || now.startTime === null) return true;
  return now.boot === identity.boot && now.startTime === identity.startTime;
}

/** One process of /proc, or null where it is gone (or there is no /proc). */
export function processStat(pid: number): ProcessStat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // The second field is the program's name in brackets and may itself hold blanks and brackets: proc(5).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  return {
    pid,
    group: Number(fields[2]),
    startTime: Number(fields[19]),
    zombie: state === 'Z' || state === 'X',
  };
}

/** Changes with every boot; null on a system without /proc. */
export function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return null;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
