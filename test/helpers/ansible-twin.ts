// The rig of tests with real Ansible: a twin of this process with its real endpoint, and `ansible-playbook` as a child
// that knows nothing but its inventory.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTwin, type ReadyLine, type RunningTwin } from '../../src/twin/index.js';
import { packageRoot } from './modelled-machine.js';

export interface AnsibleTwin {
  machine: RunningTwin['machine'];
  ready: ReadyLine;
  password: string;
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

/** `folder` is the test's own: inventory and Ansible's temporary files go there. */
export async function startAnsibleTwin(options: {
  folder: string;
  media: string | null;
}): Promise<AnsibleTwin> {
  const { folder } = options;
  const password = randomBytes(12).toString('base64url');
  const defects: unknown[] = [];
  const twin = await startTwin({
    packageRoot,
    os: '2012r2',
    stateFile: null,
    imageFile: null,
    answerFolder: null,
    mediaFolder: options.media,
    httpsPort: 0,
    httpPort: 0,
    as: null,
    traceFile: null,
    password,
    onDefect: (error) => defects.push(error),
    pace: { restartMs: 500, unkeyMs: 500 },
  });
  await writeInventory(folder, twin.ready);
  return {
    machine: twin.machine,
    ready: twin.ready,
    password,
    play: async (playbook, playOptions = {}) => {
      const result = await runPlaybook(folder, playbook, password, playOptions);
      if (defects.length > 0) throw new AggregateError(defects, 'the twin met defects');
      return result;
    },
    close: async () => {
      twin.switchOff();
      await twin.ended;
    },
  };
}

async function writeInventory(folder: string, { port, caFile }: ReadyLine): Promise<void> {
  const host = {
    ansible_host: '127.0.0.1',
    ansible_port: port,
    ansible_connection: 'winrm',
    ansible_user: 'Administrator',
    ansible_password: "{{ lookup('env', 'LYNCIMG_TEST_PASSWORD') }}",
    ansible_winrm_scheme: 'https',
    ansible_winrm_transport: 'basic',
    ansible_winrm_ca_trust_path: caFile,
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
