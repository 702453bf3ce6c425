// What the benchmarks share: a workspace, the built command line, twins, and clocks.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

export const lyncimg = [process.execPath, join(import.meta.dirname, '../bin/run.js')];
export const password = 'Bench-1-of-a-twin';

/** A folder of its own, for rehearsals of a front end. */
export function workspace() {
  const folder = mkdtempSync(join(tmpdir(), 'lyncimg-bench-'));
  writeFileSync(
    join(folder, 'lyncimg.yaml'),
    'apiVersion: lyncimg/v1\nkind: Workspace\nplatform: twin\nos: 2012r2\nroles: [front-end]\n',
  );
  return folder;
}

export async function run([program, ...args], { env = {}, cwd, codes = [0] }) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const [code] = await once(child, 'close');
  if (!codes.includes(code))
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output.slice(-2000)}`);
  return output;
}

export async function timed(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

export function median(list) {
  const sorted = [...list].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function placeholders(media, plan) {
  for (const { path, title } of plan.layers.flatMap((layer) => layer.media)) {
    mkdirSync(dirname(join(media, path)), { recursive: true });
    writeFileSync(join(media, path), `${JSON.stringify({ lyncimg: 'placeholder', path, title })}\n`);
  }
  return media;
}

export async function startTwin(args, cwd) {
  const child = spawn(lyncimg[0], [lyncimg[1], 'twin', 'start', '--port', '0', '--http-port', '0', ...args], {
    cwd,
    env: { ...process.env, LYNCIMG_TWIN_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = await once(createInterface(child.stdout), 'line');
  return { ready: JSON.parse(line), ended, stop: () => child.kill('SIGTERM') };
}

/** The variables that the README of a generated folder names. */
export function handEnvironment(ready, work, rendered) {
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
