// Who a process is, so that a record of it stays true after it ended: a process id alone is given away again.
import { readFileSync, readlinkSync } from 'node:fs';

/** A process as it can be written down: JSON, comparable after the writer is long gone. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since boot, of /proc/PID/stat; null on a system without /proc. */
  startTime: number | null;
  /** The boot that the ticks count from and the PID namespace that the number is of, as `bootId` tells them. */
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
 * Whether that very process still runs. Where that cannot be known, it counts as running: whoever asks then waits too
 * long rather than takes too much. That is so without a start time (no /proc, now or when it was written down), and
 * for a process of another PID namespace (a container), whose number means nothing here.
 */
export function sameProcess(identity: ProcessIdentity): boolean {
  const own = bootId();
  const countedBy = whichBoot(identity.boot, own);
  if (countedBy === 'other namespace') return true;
  const now = processIdentity(identity.pid);
  if (now === null) return false;
  if (identity.startTime === null || now.startTime === null) return true;
  return countedBy === 'this' && now.startTime === identity.startTime;
}

/** Whether pids and ticks written down with that boot mean what they mean to this process. */
export function isOfThisBoot(boot: string | null): boolean {
  return whichBoot(boot, bootId()) === 'this';
}

function whichBoot(boot: string | null, own: string | null): 'this' | 'other namespace' | 'other boot' {
  if (boot === null || own === null) return boot === own ? 'this' : 'other boot';
  const [id, namespace] = boot.split('_');
  const [ownId, ownNamespace] = own.split('_');
  if (id !== ownId) return 'other boot';
  // What was written down without one is taken for one of here.
  const isHere = namespace === undefined || ownNamespace === undefined || namespace === ownNamespace;
  return isHere ? 'this' : 'other namespace';
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

/**
 * What numbers and ticks of processes count in: `<boot id>_<PID namespace>`, the latter where it is told (two containers
 * on one kernel share the boot and not the numbers: pid_namespaces(7)). Null on a system without /proc.
 */
export function bootId(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    const namespace = ownNamespace();
    return namespace === null ? boot : `${boot}_${namespace}`;
  } catch {
    return null;
  }
}

/** The number in `pid:[4026531836]`. */
function ownNamespace(): string | null {
  try {
    return /^pid:\[(\d+)\]$/.exec(readlinkSync('/proc/self/ns/pid'))?.[1] ?? null;
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
