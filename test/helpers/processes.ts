// What tests ask of processes: whether one runs, and a wait for an event that nobody announces.
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from '../../src/util/index.js';

/** Whether a process of that number runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  return processIdentity(pid) !== null;
}

/** Looks again and again until it holds; throws before the test's own time limit would cut it off. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 8000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it did not come to hold within 8 s');
    await delay(10);
  }
}
