// The rig of tests with real Ansible: a modelled machine behind a real WS-Management server of this process, and
// `ansible-playbook` as a child that knows nothing but its inventory.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCertificates } from '../../src/twin/certificate.js';
import type { ModelledMachine } from '../../src/twin/machine-model.js';
import { Shells } from '../../src/twin/shell/index.js';
import { createWsmanServer, WsmanFault, type WsmanServer } from '../../src/wsman/index.js';

export interface AnsibleTwin {
  machine: ModelledMachine;
  /** Runs a playbook to its end. */
  play(playbook: string, options?: PlayOptions): Promise<PlayResult>;
  close(): Promise<void>;
}

export interface PlayOptions {
  variables?: Record<string, unknown>;
  check?: boolean;
}

export interface TaskResult {
  task: string;
  result: Record<string, unknown> & { changed?: boolean; failed?: boolean; msg?: string };
}

export interface PlayResult {
  exitCode: number | null;
  tasks: TaskResult[];
  /** Everything that it printed, for a failed assertion. */
  output: string;
}

/** `folder` is the test's own: certificate, inventory and Ansible's temporary files go there. */
export async function startAnsibleTwin(machine: ModelledMachine, folder: string): Promise<AnsibleTwin> {
  const password = randomBytes(12).toString('base64url');
  const defects: unknown[] = [];
  const server = await listen(machine, password, folder, (error) => defects.push(error));
  const port = server.place.port;
  await writeInventory(folder, port);
  return {
    machine,
    play: async (playbook, options = {}) => {
      const result = await runPlaybook(folder, playbook, password, options);
      if (defects.length > 0) throw new AggregateError(defects, 'the twin met defects');
      return result;
    },
    close: () => server.server.close(),
  };
}

async function listen(
  machine: ModelledMachine,
  password: string,
  folder: string,
  onDefect: (error: unknown) => void,
): Promise<{ server: WsmanServer; place: { port: number } }> {
  const { ca, cert, key } = await makeCertificates(new Date());
  await writeFile(join(folder, 'ca.crt'), ca);
  const refuse = (): Promise<never> => Promise.reject(new WsmanFault('ACTION_NOT_SUPPORTED'));
  const server = createWsmanServer({
    handler: {
      identify: () => ({ productVendor: 'lyncimg', productVersion: 'test' }),
      enumerate: refuse,
      get: refuse,
      invoke: refuse,
      shell: new Shells(machine),
    },
    authenticate: (given) => given.user === 'Administrator' && given.password === password,
    https: { key, cert },
    onDefect,
  });
  machine.events.on('restart-started', () => void server.pause());
  machine.events.on('booted', () => void server.resume());
  machine.events.on('off', () => void server.close());
  return { server, place: await server.listen(0) };
}

async function writeInventory(folder: string, port: number): Promise<void> {
  const host = {
    ansible_host: '127.0.0.1',
    ansible_port: port,
    ansible_connection: 'winrm',
    ansible_user: 'Administrator',
    ansible_password: "{{ lookup('env', 'LYNCIMG_TEST_PASSWORD') }}",
    ansible_winrm_scheme: 'https',
    ansible_winrm_transport: 'basic',
    ansible_winrm_ca_trust_path: join(folder, 'ca.crt'),
  };
  // JSON is YAML.
  await writeFile(join(folder, 'inventory.yml'), JSON.stringify({ all: { hosts: { twin: host } } }));
  await writeFile(join(folder, 'ansible.cfg'), '[defaults]\nretry_files_enabled = False\n');
  await mkdir(join(folder, 'home'));
}

async function runPlaybook(
  folder: string,
  playbook: string,
  password: string,
  { variables = {}, check = false }: PlayOptions,
): Promise<PlayResult> {
  const child = spawn(
    'ansible-playbook',
    [
      ...['--inventory', join(folder, 'inventory.yml'), '--extra-vars', JSON.stringify(variables)],
      ...(check ? ['--check'] : []),
      playbook,
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: join(folder, 'home'),
        LC_ALL: 'C.UTF-8',
        no_proxy: '127.0.0.1',
        ANSIBLE_CONFIG: join(folder, 'ansible.cfg'),
        ANSIBLE_STDOUT_CALLBACK: 'json',
        LYNCIMG_TEST_PASSWORD: password,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const pieces: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  child.stderr.on('data', (piece: Buffer) => errors.push(piece));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const stdout = Buffer.concat(pieces).toString('utf8');
  const output = `${stdout}\n${Buffer.concat(errors).toString('utf8')}`;
  return { exitCode, tasks: tasksOf(stdout), output };
}

interface JsonReport {
  plays: { tasks: { task: { name: string }; hosts: Record<string, TaskResult['result']> }[] }[];
}

function tasksOf(stdout: string): TaskResult[] {
  const start = stdout.indexOf('{');
  if (start < 0) return [];
  const report = JSON.parse(stdout.slice(start)) as JsonReport;
  return report.plays.flatMap(({ tasks }) =>
    tasks.map(({ task, hosts }) => ({ task: task.name, result: hosts['twin'] ?? {} })),
  );
}
