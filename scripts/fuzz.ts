// Throws a million changed inputs at each parser of what others wrote: npm run fuzz -- [--inputs N] [--seed S] [PARSER …]
// Ends with 1 when one of them crashes, hangs, is slow, or breaks a law; each finding says how to repeat it.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { inputOf } from '../test/fuzz/target.js';
import { targets } from '../test/fuzz/targets.js';
import type { Found, Work } from '../test/fuzz/worker.js';

const slowMs = 250;
const hangsMs = 10_000;
/** More of one parser say nothing new. */
const mostFindings = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    /** The number of one input: it alone is tried. */
    only: { type: 'string' },
  },
});
const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
const only = values.only === undefined ? null : Number(values.only);
const names = positionals.length === 0 ? Object.keys(targets) : positionals;
const unknown = names.find((name) => !(name in targets));
if (
  unknown !== undefined ||
  ![inputs, seed, only ?? 0].every((number) => Number.isSafeInteger(number) && number >= 0)
) {
  console.error(`npm run fuzz -- [--inputs N] [--seed S] [--only N] [${Object.keys(targets).join(' ')}]`);
  process.exit(2);
}

let failed = false;
for (const name of names) {
  const started = performance.now();
  const range = only === null ? { from: 0, to: inputs } : { from: only, to: only + 1 };
  const { findings, tried } = await fuzz({ name, seed, slowMs, ...range });
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round(tried / seconds).toLocaleString('en-US');
  console.log(
    `${name}: seed ${seed}, ${tried.toLocaleString('en-US')} inputs in ${seconds.toFixed(1)} s (${rate}/s), ${findings.length} findings`,
  );
  for (const { index, hex, what } of findings) {
    failed = true;
    console.log(
      `\n  npm run fuzz -- --seed ${seed} --only ${index} ${name}\n  input: ${hex}\n  ${what.replaceAll('\n', '\n  ')}\n`,
    );
  }
}
process.exit(failed ? 1 : 0);

/** In a thread, watched from here: the numbers up to a hang were tried. */
async function fuzz(work: Omit<Work, 'now'>): Promise<{ findings: Found[]; tried: number }> {
  const now = new Int32Array(new SharedArrayBuffer(4));
  const findings: Found[] = [];
  // tsx does not come along into threads by itself.
  const url = new URL('../test/fuzz/worker.ts', import.meta.url).href;
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url)}); })`;
  const worker = new Worker(start, { eval: true, workerData: { ...work, now } });
  const hang = await new Promise<number | null>((resolve, reject) => {
    let before = -1;
    const watch = setInterval(() => {
      const index = Atomics.load(now, 0);
      if (index === before) resolve(index);
      before = index;
    }, hangsMs);
    worker.on('message', (found: Found) => {
      findings.push(found);
      if (findings.length === mostFindings) resolve(null);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearInterval(watch);
      resolve(null);
    });
  });
  await worker.terminate();
  if (hang !== null) {
    const target = await targets[work.name]?.();
    const hex = target === undefined ? '' : inputOf(target, { ...work, index: hang }).toString('hex');
    findings.push({ index: hang, hex, what: `it does not come back within ${hangsMs / 1000} s` });
  }
  return { findings, tried: Atomics.load(now, 0) + 1 - work.from };
}
