// What reading the same facts costs: lyncimg verify, pywinrm with the same questions, Ansible's modules with a task for
// each requirement; against the same twins, in turn, in one run. Then the two inner loops: sealing and parsing.
// `npm run build` first. `node bench/verify.js [--runs N] [--hosts N]`
import { Buffer } from 'node:buffer';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { kindOf } from '../dist/requirements/index.js';
import { connect } from '../dist/wsman/index.js';
import { createSealing } from '../dist/wsman/auth/ntlm/sealing.js';
import { decodeProperties } from '../dist/wsman/cim/decode.js';
import { decodePage, encodeEnumerateResponse } from '../dist/wsman/envelope/enumeration.js';
import { readSoap, writeSoap } from '../dist/wsman/envelope/soap.js';
import { encodeFragment } from '../dist/wsman/cim/encode.js';
import {
  handEnvironment,
  lyncimg,
  median,
  password,
  placeholders,
  run,
  startTwin,
  workspace,
} from './kit.js';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, hosts: { type: 'string', default: '4' } },
});
const runs = Number(values.runs);
const folder = workspace();
const here = import.meta.dirname;
const python = '/usr/bin/python3';
const twins = [];
try {
  await run([...lyncimg, 'build'], { cwd: folder });
  const rendered = join(folder, 'rendered');
  await run([...lyncimg, 'generate', '--output', rendered], { cwd: folder });
  const plan = JSON.parse(readFileSync(join(rendered, 'plan.json'), 'utf8'));
  const media = placeholders(join(folder, 'media'), plan);
  for (let index = 0; index < Number(values.hosts); index++) {
    twins.push(await startTwin(['--image', 'front-end-2012r2', '--media', media], folder));
  }
  const subjects = { ours: ours(), pywinrm: pywinrm(), ansible: ansible(rendered, plan) };
  // The facts file tells pywinrm what to ask; and nothing is cold in what follows.
  for (const subject of Object.values(subjects)) await measured(subject);
  await printRequests(subjects.ours);
  const figures = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let index = 0; index < runs; index++) {
    for (const [name, subject] of Object.entries(subjects)) figures[name].push(await measured(subject));
  }
  printFigures(figures, plan);
} finally {
  for (const twin of twins) {
    twin.stop();
    await twin.ended;
  }
  rmSync(folder, { recursive: true });
}
printSealing();
printParsing();

/** The authority of each twin is its own. */
function trusted() {
  const file = join(folder, 'authorities.pem');
  writeFileSync(file, twins.map(({ ready }) => readFileSync(ready.caFile, 'utf8')).join(''));
  return file;
}

function ours() {
  const hosts = join(folder, 'hosts.txt');
  writeFileSync(hosts, twins.map(({ ready }) => `${ready.address}:${ready.port}\n`).join(''));
  const facts = join(folder, 'facts.jsonl');
  const flags = ['--hosts-file', hosts, '--ca-file', trusted(), '--user', twins[0].ready.user];
  const command = [...lyncimg, 'verify', ...flags, '--role', 'front-end', '--stage', 'image'];
  return { command: [...command, '--save-facts', facts], env: { LYNCIMG_PASSWORD: password } };
}

function pywinrm() {
  const openssl = join(folder, 'openssl.cnf');
  // NTLM's MD4 is in OpenSSL's legacy provider alone.
  writeFileSync(
    openssl,
    'openssl_conf = init\n[init]\nproviders = all\n[all]\ndefault = on\nlegacy = on\n[on]\nactivate = 1\n',
  );
  return {
    command: [
      python,
      join(here, 'pywinrm_verify.py'),
      join(folder, 'facts.jsonl'),
      join(folder, 'authorities.pem'),
    ],
    env: { LYNCIMG_PASSWORD: password, BENCH_USER: twins[0].ready.user, OPENSSL_CONF: openssl },
  };
}

/** One task a requirement, as a report has one verdict a requirement; all hosts in one run, in check mode. */
function ansible(rendered, plan) {
  const context = { os: plan.os, media: 'E:', sxs: `E:\\sources\\${plan.os.id}\\sxs` };
  const tasks = plan.layers
    .flatMap(({ requirements }) => requirements)
    .filter(({ stage }) => stage === 'image')
    .flatMap((requirement) => kindOf(requirement.kind).tasks([requirement], context))
    .filter(({ module }) => module !== 'ansible.windows.win_reboot')
    .map(({ name, module, args, register, when, keywords }) => ({
      name,
      [module]: plain(args),
      ...(register === undefined ? {} : { register }),
      ...(when === undefined ? {} : { when }),
      ...keywords,
    }));
  const work = mkdtempSync(join(folder, 'ansible-'));
  const playbook = join(work, 'verify.yml');
  writeFileSync(playbook, stringify([{ hosts: 'all', gather_facts: true, tasks }], { compat: 'yaml-1.1' }));
  const hosts = twins.map(({ ready }, index) => [
    `twin${index}`,
    { ansible_host: ready.address, ansible_port: ready.port },
  ]);
  const inventory = join(work, 'inventory.yml');
  const vars = {
    ansible_connection: 'winrm',
    ansible_user: twins[0].ready.user,
    ansible_password: "{{ lookup('env', 'LYNCIMG_GUEST_PASSWORD') }}",
    ansible_winrm_transport: 'basic',
    ansible_winrm_ca_trust_path: join(folder, 'authorities.pem'),
  };
  writeFileSync(inventory, stringify({ all: { hosts: Object.fromEntries(hosts), vars } }));
  return {
    command: ['ansible-playbook', '--check', '--forks', String(twins.length), '-i', inventory, playbook],
    env: handEnvironment(twins[0].ready, work, rendered),
  };
}

/** Values with their comments become values. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  if ('value' in value && 'comment' in value) return value.value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

async function measured({ command, env }) {
  const output = await run([python, join(here, 'measured.py'), ...command], { cwd: folder, env });
  const figures = JSON.parse(output.trim().split('\n').at(-1));
  if (figures.code !== 0)
    throw new Error(`${command.join(' ')} ended with ${figures.code}:\n${figures.tail}`);
  return figures;
}

/** Of the first twin, by its own count; what the counting itself asks is taken off. */
async function printRequests(subject) {
  const { ready } = twins[0];
  const count = async () => {
    const client = connect({
      ...{ host: ready.address, port: ready.port, scheme: 'https' },
      auth: { method: 'basic', user: ready.user, password },
      tls: { ca: readFileSync(ready.caFile, 'utf8') },
    });
    const wql = 'select Requests,ShellsCreated from Lyncimg_TwinCounters';
    const [row] = await client.enumerate({ namespace: 'root/lyncimg', wql });
    client.close();
    return Number(row.Requests);
  };
  const before = await count();
  await measured(subject);
  const requests = (await count()) - before - 1;
  const [line] = readFileSync(join(folder, 'facts.jsonl'), 'utf8').split('\n');
  const registry = JSON.parse(line).answers.filter(({ query }) => query.kind === 'registry').length;
  console.log(`requests a host: ${requests}, of them ${registry} to the registry`);
}

function printFigures(figures, plan) {
  const count = plan.layers.flatMap(({ requirements }) => requirements).length;
  console.log(
    `${twins.length} twins, ${count} requirements each, ${runs} runs in turn; medians for all hosts:`,
  );
  for (const [name, list] of Object.entries(figures)) {
    const [wall, cpu] = ['wall', 'cpu'].map((what) => median(list.map((one) => one[what])).toFixed(2));
    console.log(`  ${name.padEnd(8)} ${wall.padStart(7)} s wall  ${cpu.padStart(7)} s CPU`);
  }
  for (const other of ['pywinrm', 'ansible']) {
    for (const what of ['wall', 'cpu']) {
      const ratios = figures[other].map((one, index) => one[what] / figures.ours[index][what]);
      const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(1));
      console.log(`${other} / ours, ${what}: ${median(ratios).toFixed(1)} (${least} to ${most})`);
    }
  }
}

function printSealing() {
  const plain = Buffer.alloc(1024 * 1024, 'x');
  const sessionKey = Buffer.alloc(16, 0x55);
  const flags = 0xe2888235;
  const client = createSealing({ side: 'client', sessionKey, flags });
  const server = createSealing({ side: 'server', sessionKey, flags });
  const times = Array.from({ length: 20 }, () => clocked(() => server.unseal(client.seal(plain))));
  console.log(`sealing and opening 1 MB: ${(median(times) * 1000).toFixed(1)} ms`);
}

function printParsing() {
  const instances = Array.from({ length: 4500 }, (_, index) => ({
    namespace: 'root/cimv2',
    className: 'Win32_OptionalFeature',
    properties: { Name: `Feature-With-A-Longer-Name-${index}`, InstallState: 2, Caption: `Feature ${index}` },
  }));
  const columns = ['Name', 'InstallState', 'Caption'];
  const items = instances.map((instance) => encodeFragment(instance, columns));
  const text = writeSoap([], [encodeEnumerateResponse({ items, context: null })]);
  const times = Array.from({ length: 20 }, () =>
    clocked(() => decodePage(readSoap(text).body).items.map(decodeProperties)),
  );
  const size = `${Math.round(text.length / 1024)} KB, ${items.length} instances`;
  console.log(`parsing an enumeration (${size}): ${(median(times) * 1000).toFixed(1)} ms`);
}

function clocked(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
