// One parser under a million inputs, in a thread of its own: one that never comes back can be ended there. What it is
// doing stands in shared memory, for whoever watches it.
import { parentPort, workerData } from 'node:worker_threads';
import { inputOf, tryInput } from './target.js';
import { targets } from './targets.js';

export interface Work {
  name: string;
  seed: number;
  from: number;
  to: number;
  /** An input that takes longer is a finding. */
  slowMs: number;
  /** One number: the input that is tried now. */
  now: Int32Array<SharedArrayBuffer>;
}

export interface Found {
  index: number;
  hex: string;
  what: string;
}

// What is refused is refused by an error, and its stack costs more than all the rest.
Error.stackTraceLimit = 4;

const { name, seed, from, to, slowMs, now } = workerData as Work;
const make = targets[name];
if (make === undefined) throw new Error(`no parser ${name}`);
const target = await make();

/** A pause of the machine is not the parser's: it has to be slow three times. */
async function isSlow(input: Buffer): Promise<number | null> {
  for (let time = 1; time <= 3; time++) {
    const started = performance.now();
    await tryInput(target, input);
    const took = performance.now() - started;
    if (took <= slowMs) return null;
    if (time === 3) return took;
  }
  return null;
}

for (let index = from; index < to; index++) {
  Atomics.store(now, 0, index);
  const input = inputOf(target, { name, seed, index });
  const started = performance.now();
  let what = await tryInput(target, input);
  if (what === null && performance.now() - started > slowMs) {
    const took = await isSlow(input);
    if (took !== null) what = `it takes ${Math.round(took)} ms`;
  }
  if (what !== null) {
    const found: Found = { index, hex: input.toString('hex'), what };
    parentPort?.postMessage(found);
  }
}
