// The rig of tests with real Ansible: a twin of this process with its real endpoint, and `ansible-playbook` as a child
// that knows nothing but its inventory.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRealTwin, type RealTwin } from './real-twin.js';

export interface AnsibleTwin extends RealTwin {
  /** Runs a playbook to its end. */
  play(playbook: string, options?: PlayOptions): Promise<PlayResult>;
}

export interface PlayOptions {
  /** They win over those of the inventory, those of the connection among them. */
  variables?: Record<string, unknown>;
  check?: boolean;
  /** More for the environment of ansible-playbook. */
  env?: Record<string, string>;
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
  const twin = await startRealTwin({ media: options.media });
  await writeInventory(folder, twin.ready);
  return {
    ...twin,
    play: async (playbook, playOptions = {}) => {
      const result = await runPlaybook({ folder, playbook, password: twin.password, ...playOptions });
      twin.assertSound();
      return result;
    },
  };
}

async function writeInventory(folder: string, { port, caFile }: RealTwin['ready']): Promise<void> {
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
  options: PlayOptions & { folder: string; playbook: string; password: string },
): Promise<PlayResult> {
  const { folder, playbook, password, variables = {}, check = false, env = {} } = options;
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
        ...env,
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
