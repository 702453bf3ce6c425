// What tests ask of processes: whether one runs, and a wait for an event that nobody announces.
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from '../../src/util/index.js';

/** Whether a process of that number runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  return processIdentity(pid) !== null;
}

/** Looks again and again until it holds; the test's own time limit ends what never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
}
