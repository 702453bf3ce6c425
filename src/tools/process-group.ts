// A process group: who is in it, and how it ends. Packer has plugin processes and Ansible forks, so a child is never
// ended alone: SIGINT to the pid of Packer is ignored, SIGTERM leaves its shell-local child (tried on 1.6.6 and 1.16).
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { bootId, processStat, type ProcessStat } from '../util/index.js';

/** What has to be known of a group to find it again. */
export interface GroupIdentity {
  /** Also the pid of the process that it began with. */
  pgid: number;
  /** Of that first process, in clock ticks since boot; null on a system without /proc. */
  startTime: number | null;
  boot: string | null;
}

const pollMs = 50;
/** A process that not even SIGKILL ends hangs in the kernel; nobody waits for it for ever. */
const afterKillMs = 5000;

/** The processes that run now, zombies left out; empty on a system without /proc. */
export function runningProcesses(): ProcessStat[] {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  const stats = names.filter((name) => /^\d+$/.test(name)).map((name) => processStat(Number(name)));
  return stats.filter((stat) => stat !== null && !stat.zombie) as ProcessStat[];
}

/** The pids of a group that still run. */
export function groupMembers({ pgid, startTime }: GroupIdentity): number[] {
  if (!signalGroup(pgid, 0)) return [];
  if (bootId() === null) return [pgid];
  // The start time guards against a group of the same number that came after this one had ended.
  return runningProcesses()
    .filter((stat) => stat.group === pgid && stat.startTime >= (startTime ?? 0))
    .map((stat) => stat.pid);
}

/** False where there is no such group any more. */
export function signalGroup(pgid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pgid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export interface Ending {
  members: () => number[];
  send: (signal: NodeJS.Signals) => void;
  signal: NodeJS.Signals;
  /** How long the signal may take before SIGKILL follows. */
  graceMs: number;
}

/** Asks, waits, kills, waits. Returns the pids that not even SIGKILL ended (none, unless the kernel hangs). */
export async function endProcesses({ members, send, signal, graceMs }: Ending): Promise<number[]> {
  if (members().length === 0) return [];
  send(signal);
  if (await gone(members, graceMs)) return [];
  send('SIGKILL');
  await gone(members, afterKillMs);
  return members();
}

async function gone(members: () => number[], withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (members().length === 0) return true;
    if (performance.now() >= deadline) return false;
    await delay(pollMs);
  }
}
