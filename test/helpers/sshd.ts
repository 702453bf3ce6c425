// Debian's real sshd on loopback, with keys and settings of its own, and its companions ssh-keygen and ssh-agent.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { until } from './processes.js';

const run = promisify(execFile);
const sshdPath = '/usr/sbin/sshd';

export interface Sshd {
  address: { user: string; host: string; port: number };
  /** What it has logged so far. */
  log(): string;
  /** As in known_hosts, one line for each of its keys. */
  knownHosts(type: HostKeyType): Promise<string>;
  /** The processes that serve connections now: of each its innermost, without which the others end too. */
  sessions(): number[];
  /** Ends it and its sessions; settles when they are gone. */
  stop(): Promise<void>;
}

export type HostKeyType = 'ed25519' | 'rsa';

/** Lets in whoever has a key of `authorizedKeys` (public keys, one a line), as the user who runs the test. */
export async function startSshd(options: {
  folder: string;
  authorizedKeys: string;
  /** More lines of sshd_config(5). */
  settings?: readonly string[];
}): Promise<Sshd> {
  const { folder } = options;
  // The folder that its unprivileged part is locked into; the service would make it.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const keys = { ed25519: join(folder, 'host_ed25519'), rsa: join(folder, 'host_rsa') };
  await Promise.all([makeKey(keys.ed25519), makeKey(keys.rsa, { type: 'rsa' })]);
  await writeFile(join(folder, 'authorized_keys'), options.authorizedKeys);
  const port = await freePort();
  const settings = [
    `ListenAddress 127.0.0.1:${port}`,
    ...Object.values(keys).map((key) => `HostKey ${key}`),
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'PidFile none',
    // Without it sshd refuses an account whose password is locked, as root's often is; only root may use it.
    `UsePAM ${process.getuid?.() === 0 ? 'yes' : 'no'}`,
    'StrictModes no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'LogLevel VERBOSE',
    ...(options.settings ?? []),
  ];
  await writeFile(join(folder, 'sshd_config'), `${settings.join('\n')}\n`);

  const child = spawn(sshdPath, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      reject(new Error(`sshd ended: ${lines.join('\n')}`));
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('Server listening')) resolve();
    });
  });
  return {
    address: { user: userInfo().username, host: '127.0.0.1', port },
    log: () => lines.join('\n'),
    knownHosts: async (type) => {
      const [algorithm, key] = (await readFile(`${keys[type]}.pub`, 'utf8')).split(' ');
      return `[127.0.0.1]:${port} ${algorithm ?? ''} ${key ?? ''}\n`;
    },
    sessions: () => leavesBelow(child.pid),
    stop: async () => {
      // Innermost first, so that each process is waited for by its parent and none is left as a zombie.
      await until(() => {
        const leaves = leavesBelow(child.pid, { zombies: true });
        for (const pid of leaves) kill(pid);
        return leaves.length === 0;
      });
      await end(child);
    },
  };
}

/** Writes `file` and `file.pub`. */
export async function makeKey(
  file: string,
  { type = 'ed25519', passphrase = '' }: { type?: HostKeyType | 'ecdsa'; passphrase?: string } = {},
): Promise<string> {
  const bits = type === 'rsa' ? ['-b', '2048'] : [];
  await run('ssh-keygen', ['-q', '-t', type, ...bits, '-N', passphrase, '-C', 'test', '-f', file]);
  return readFile(`${file}.pub`, 'utf8');
}

/** Replaces the names of a known_hosts file by their hashes. */
export async function hashKnownHosts(file: string): Promise<void> {
  await run('ssh-keygen', ['-H', '-f', file]);
}

/** The second word of what ssh-keygen prints: `SHA256:…`. */
export async function fingerprintOf(publicKeyFile: string): Promise<string> {
  const { stdout } = await run('ssh-keygen', ['-l', '-f', publicKeyFile]);
  return stdout.split(' ')[1] ?? '';
}

/** An agent that holds these keys. */
export async function startAgent(
  folder: string,
  keys: readonly string[],
): Promise<{ socket: string; stop(): Promise<void> }> {
  const socket = join(folder, 'agent');
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
  // It prints the shell commands that would name it once it listens.
  await once(child.stdout, 'data');
  for (const key of keys)
    await run('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  return { socket, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Its descendants that have no children themselves. */
function leavesBelow(pid: number | undefined, { zombies = false } = {}): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      // The fields after the program's name in brackets: state, parent (proc(5)).
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (zombies || state !== 'Z') parents.set(Number(name), Number(parent));
    } catch {
      continue; // it ended meanwhile
    }
  }
  const isBelow = (child: number): boolean => {
    const parent = parents.get(child);
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  const withChildren = new Set(parents.values());
  return [...parents.keys()].filter((child) => isBelow(child) && !withChildren.has(child));
}
