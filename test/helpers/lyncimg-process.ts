// The built lyncimg as a child process, watched through its own events: `node bin/run.js … --events -`.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BuildEvent } from '../../src/build/index.js';
import { packageRoot } from './real-plan.js';

export interface LyncimgEnded {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** What on stderr was no event. */
  stderr: string;
}

export interface LyncimgProcess {
  readonly pid: number;
  readonly events: BuildEvent[];
  /** The first event that fits, also one that was there already; rejects when the process ends without it. */
  event(fits: (event: BuildEvent) => boolean): Promise<BuildEvent>;
  /** The first line on stdout; rejects when the process ends without one. */
  line(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<LyncimgEnded>;
}

export interface LyncimgOptions {
  /** Folder to start in. */
  cwd: string;
  /** LYNCIMG_HOME. */
  home: string;
  env?: Record<string, string>;
}

/** Starts it with a small environment of its own; what `env` says comes on top. */
export function startLyncimg(args: string[], { cwd, home, env = {} }: LyncimgOptions): LyncimgProcess {
  const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', LYNCIMG_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: BuildEvent[] = [];
  const waiting = new Set<() => void>();
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => {
    stdout += part.toString('utf8');
    for (const look of waiting) look();
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    const event = eventOf(line);
    if (event === undefined) stderr += `${line}\n`;
    else events.push(event);
    for (const look of waiting) look();
  });
  const ended = new Promise<LyncimgEnded>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
  const waitFor = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then((end) => {
        look();
        if (waiting.delete(look)) reject(new Error(`it ended without that: ${JSON.stringify(end)}`));
      });
    });
  return {
    pid: pidOf(child),
    events,
    ended,
    kill: (signal) => void child.kill(signal),
    event: (fits) => waitFor(() => events.find(fits)),
    line: () => waitFor(() => (stdout.includes('\n') ? stdout.split('\n', 1)[0] : undefined)),
  };
}

/** A build with its events. */
export function startBuild(args: string[], options: LyncimgOptions): LyncimgProcess {
  return startLyncimg(['build', '--events', '-', ...args], options);
}

function eventOf(line: string): BuildEvent | undefined {
  if (!line.startsWith('{"at":')) return undefined;
  return JSON.parse(line) as BuildEvent;
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('lyncimg could not be started');
  return child.pid;
}

const roles = {
  // One layer, one task of Ansible worth the name.
  small: 'requirements:\n  - feature: Telnet-Client\n',
  // A second layer on it.
  'small-plus': 'extends: small\nrequirements:\n  - feature: SMTP-Server\n',
  // What Windows refuses: KB2919355 asks for KB2919442 first.
  hasty:
    'requirements:\n  - hotfix: { kb: KB2919355, title: too early, file: Windows8.1-KB2919355-x64.msu }\n',
};

/** A workspace on the twin with small roles, so that a build takes seconds. */
export async function writeBuildWorkspace(folder: string, wanted: (keyof typeof roles)[]): Promise<void> {
  await mkdir(join(folder, 'roles'), { recursive: true });
  for (const [name, body] of Object.entries(roles)) {
    const source =
      '    source: { title: A test, publisher: Nobody, page: https://test.example/, date: unknown, confidence: unverified }\n';
    const head = `apiVersion: lyncimg/v1\nkind: Role\nname: ${name}\ntitle: For tests\ndescription: For tests.\nsupports: [2012r2]\n`;
    await writeFile(join(folder, 'roles', `${name}.yaml`), `${head}${body}${source}`);
  }
  await writeFile(
    join(folder, 'lyncimg.yaml'),
    `apiVersion: lyncimg/v1\nkind: Workspace\nplatform: twin\nos: 2012r2\nroles: [${wanted.join(', ')}]\n`,
  );
}
