// One session of pywinrm in a child, which knows nothing but what it is told.
import { execa } from 'execa';
import { join } from 'node:path';
import { packageRoot } from './modelled-machine.js';

export interface PywinrmTold {
  endpoint: string;
  user: string;
  password: string;
  transport: 'basic' | 'ntlm';
  encryption: 'auto' | 'always' | 'never';
  ca?: string;
  /** How often the first command is run. */
  times?: number;
}

interface Ran {
  code: number;
  out: string;
  err: string;
}

export interface PywinrmSession {
  command?: Ran;
  /** Every run of the command gave the same. */
  same?: boolean;
  script?: Ran;
  /** A command that the twin does not model. */
  unknown?: Ran;
  /** The exception, where there was one. */
  refused?: string;
  message?: string;
}

const script = join(packageRoot, 'test', 'fixtures', 'witnesses', 'pywinrm_session.py');

export async function pywinrmSession(
  python: string,
  told: PywinrmTold,
  env: Record<string, string> = {},
): Promise<PywinrmSession> {
  const { stdout } = await execa(python, [script, JSON.stringify(told)], {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', no_proxy: '127.0.0.1', ...env },
    extendEnv: false,
    stdin: 'ignore',
    timeout: 60_000,
  });
  return JSON.parse(stdout) as PywinrmSession;
}
