// Prints ratios, each of two things timed in turn in this one run: absolute times differ from machine to machine and
// from minute to minute. `npm run build` first. `node bench/bench.js [--runs N] [start-up|cached|bake …]`; bench/verify.js
// measures verify.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  handEnvironment,
  lyncimg,
  median,
  placeholders,
  run as runIn,
  startTwin,
  timed,
  workspace,
} from './kit.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
});
const runs = Number(values.runs);
const wanted = new Set(positionals);
const isWanted = (name) => wanted.size === 0 || wanted.has(name);

const folder = workspace();
const run = (command, options) => runIn(command, { cwd: folder, ...options });
try {
  if (isWanted('start-up')) {
    await compare('CLI start-up (lyncimg --version) / bare node', runs, {
      a: () => run([...lyncimg, '--version']),
      b: () => run([process.execPath, '-e', '0']),
    });
  }
  if (isWanted('bake')) {
    await compare(
      'bake on the twin (build --force) / the same packer and ansible-playbook by hand',
      Math.min(runs, 2),
      {
        a: () => run([...lyncimg, 'build', '--force']),
        b: bakeByHand,
        warmUp: false,
      },
    );
  } else if (isWanted('cached')) {
    await run([...lyncimg, 'build']);
  }
  if (isWanted('cached')) {
    await compare('cached build / CLI start-up', runs, {
      a: () => run([...lyncimg, 'build']),
      b: () => run([...lyncimg, '--version']),
    });
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs a and b in turn and prints the ratio of each pair: minimum, median, maximum. */
async function compare(title, times, { a, b, warmUp = true }) {
  if (warmUp) {
    await a();
    await b();
  }
  const pairs = [];
  for (let index = 0; index < times; index++) pairs.push([await timed(a), await timed(b)]);
  const ratios = pairs.map(([x, y]) => x / y);
  const seconds = (list) => `${median(list).toFixed(2)} s`;
  console.log(
    `${title}: ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}, ` +
      `${times} pairs; medians ${seconds(pairs.map(([x]) => x))} / ${seconds(pairs.map(([, y]) => y))})`,
  );
}

/** What a person does with a generated folder: start a twin for each layer, export the variables, `packer build`. */
async function bakeByHand() {
  const work = mkdtempSync(join(folder, 'by-hand-'));
  const rendered = join(work, 'rendered');
  await run([...lyncimg, 'generate', '--output', rendered]);
  const plan = JSON.parse(readFileSync(join(rendered, 'plan.json'), 'utf8'));
  const media = placeholders(join(work, 'media'), plan);
  const state = join(work, 'state.json');
  for (const name of readdirSync(rendered)
    .filter((entry) => /^\d\d-/.test(entry))
    .sort()) {
    const twin = await startTwin(['--os', plan.os.id, '--state', state, '--media', media], folder);
    await run(['packer', 'build', join(rendered, name)], {
      env: handEnvironment(twin.ready, work, rendered),
    });
    await twin.ended;
  }
}
