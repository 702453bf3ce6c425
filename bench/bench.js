// Prints ratios, each of two things timed in turn in this one run: absolute times differ from machine to machine and
// from minute to minute. `npm run build` first. `node bench/bench.js [--runs N] [start-up|cached|bake|verify …]`
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const lyncimg = [process.execPath, join(import.meta.dirname, '../bin/run.js')];
const password = 'Bench-1-of-a-twin';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
});
const runs = Number(values.runs);
const wanted = new Set(positionals);
const isWanted = (name) => wanted.size === 0 || wanted.has(name);

const folder = mkdtempSync(join(tmpdir(), 'lyncimg-bench-'));
try {
  writeFileSync(
    join(folder, 'lyncimg.yaml'),
    'apiVersion: lyncimg/v1\nkind: Workspace\nplatform: twin\nos: 2012r2\nroles: [front-end]\n',
  );
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
  } else if (isWanted('cached') || isWanted('verify')) {
    await run([...lyncimg, 'build']);
  }
  if (isWanted('cached')) {
    await compare('cached build / CLI start-up', runs, {
      a: () => run([...lyncimg, 'build']),
      b: () => run([...lyncimg, '--version']),
    });
  }
  if (isWanted('verify')) await compareVerify();
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

async function timed(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function median(list) {
  const sorted = [...list].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function run([program, ...args], { env = {}, cwd = folder } = {}) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output.slice(-2000)}`);
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
    const twin = await startTwin(['--os', plan.os.id, '--state', state, '--media', media]);
    await run(['packer', 'build', join(rendered, name)], {
      env: handEnvironment(twin.ready, work, rendered),
    });
    await twin.ended;
  }
}

function placeholders(media, plan) {
  for (const { path, title } of plan.layers.flatMap((layer) => layer.media)) {
    mkdirSync(dirname(join(media, path)), { recursive: true });
    writeFileSync(join(media, path), `${JSON.stringify({ lyncimg: 'placeholder', path, title })}\n`);
  }
  return media;
}

async function startTwin(args) {
  const child = spawn(lyncimg[0], [lyncimg[1], 'twin', 'start', '--port', '0', '--http-port', '0', ...args], {
    cwd: folder,
    env: { ...process.env, LYNCIMG_TWIN_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = await once(createInterface(child.stdout), 'line');
  return { ready: JSON.parse(line), ended, stop: () => child.kill('SIGTERM') };
}

/** The variables that the README of a generated folder names. */
function handEnvironment(ready, work, rendered) {
  const trusted = join(work, 'trusted.pem');
  const roots = readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8');
  writeFileSync(trusted, roots + readFileSync(ready.caFile, 'utf8'));
  return {
    LYNCIMG_HOST: ready.address,
    LYNCIMG_PORT: String(ready.port),
    LYNCIMG_USER: ready.user,
    LYNCIMG_GUEST_PASSWORD: password,
    LYNCIMG_CA_FILE: ready.caFile,
    LYNCIMG_COMMAND: lyncimg.join(' '),
    LYNCIMG_REPORTS: work,
    SSL_CERT_FILE: trusted,
    ANSIBLE_CONFIG: join(rendered, 'ansible.cfg'),
    LC_ALL: 'C.UTF-8',
    CHECKPOINT_DISABLE: '1',
  };
}

/** The same checks by verify, and by Ansible's modules in check mode. */
async function compareVerify() {
  const work = mkdtempSync(join(folder, 'verify-'));
  const rendered = join(work, 'rendered');
  await run([...lyncimg, 'generate', '--output', rendered]);
  const media = placeholders(
    join(work, 'media'),
    JSON.parse(readFileSync(join(rendered, 'plan.json'), 'utf8')),
  );
  const twin = await startTwin(['--image', 'front-end-2012r2', '--media', media]);
  const { ready } = twin;
  try {
    const playbooks = readdirSync(rendered)
      .filter((entry) => /^\d\d-/.test(entry))
      .map((entry) => join(rendered, entry, 'playbook.yml'));
    await compare(
      'verify / the same checks by Ansible modules (ansible-playbook --check)',
      Math.min(runs, 3),
      {
        a: () =>
          run(
            [
              ...lyncimg,
              'verify',
              '--host',
              `${ready.address}:${ready.port}`,
              '--ca-file',
              ready.caFile,
              '--user',
              ready.user,
              '--role',
              'front-end',
              '--stage',
              'image',
            ],
            { env: { LYNCIMG_PASSWORD: password } },
          ),
        b: () =>
          run(['ansible-playbook', '--check', '--inventory', join(rendered, 'inventory.yml'), ...playbooks], {
            env: handEnvironment(ready, work, rendered),
          }),
      },
    );
  } finally {
    twin.stop();
    await twin.ended;
  }
}
