// The built lyncimg at a pseudo terminal, where somebody answers a question. Python's standard library has the terminal.
import { execa } from 'execa';
import { join } from 'node:path';
import { packageRoot } from './real-plan.js';

const script = `
import os, pty, sys
answer = sys.argv[1].encode()
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown, answered = b'', False
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    shown += part
    if not answered and b'[y/N] ' in shown:
        os.write(terminal, answer + b'\\n')
        answered = True
sys.stdout.buffer.write(shown)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

export interface AtTerminal {
  code: number | undefined;
  /** Both streams, as they were shown. */
  shown: string;
}

/** Gives the answer where the question ends in `[y/N]`. */
export async function answerAtTerminal(
  args: string[],
  {
    answer,
    cwd,
    home,
    env = {},
  }: { answer: string; cwd: string; home: string; env?: Record<string, string> },
): Promise<AtTerminal> {
  const { exitCode, stdout } = await execa(
    'python3',
    ['-c', script, answer, process.execPath, join(packageRoot, 'bin/run.js'), ...args],
    {
      cwd,
      env: {
        ...{ PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', LYNCIMG_HOME: home },
        ...{ TERM: 'dumb', ...env },
      },
      extendEnv: false,
      reject: false,
    },
  );
  return { code: exitCode, shown: stdout };
}
