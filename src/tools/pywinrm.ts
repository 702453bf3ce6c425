// Whether the Python that Ansible runs on can load pywinrm. Debian installs it only as a recommended package, and an
// Ansible from pipx or a virtual environment has a Python of its own: the one on the PATH says nothing.
import { open, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail } from '../errors/index.js';
import { askTool } from './ask-tool.js';
import { executablesOnPath } from './on-path.js';
import type { ToolWarning } from './recipes.js';

export interface PywinrmQuestion {
  ansible: string;
  /** What `--version` printed. */
  versionOutput: string;
  env: Record<string, string>;
  timeoutMs: number;
}

export interface PywinrmAnswer {
  /** Null where it could not be found out. */
  python: string | null;
  warnings: ToolWarning[];
}

/** Throws E_TOOL_PYWINRM where pywinrm cannot be loaded. */
export async function checkPywinrm(question: PywinrmQuestion): Promise<PywinrmAnswer> {
  const { ansible, versionOutput, env, timeoutMs } = question;
  const python = pythonOfVersionOutput(versionOutput) ?? (await pythonOfScript(ansible, env['PATH'] ?? ''));
  if (python === null) {
    const message = `Which Python ${ansible} runs on could not be found out, so pywinrm was not looked for.`;
    return { python, warnings: [{ code: 'pywinrm-unchecked', message }] };
  }
  const answer = await askTool({ file: python, args: ['-c', 'import winrm'], env, timeoutMs });
  if (answer.exitCode === 0) return { python, warnings: [] };
  const lastLine = answer.stderr.trim().split('\n').at(-1) ?? '';
  const why = answer.timedOut
    ? 'it gave no answer in time'
    : lastLine || `exit code ${answer.exitCode ?? 'none'}`;
  throw fail('E_TOOL_PYWINRM', { ansible, python, why, install: installHint(python) });
}

/** `python version = 3.11.2 (…) [GCC 12.2.0] (/usr/bin/python3)`; ansible-core before 2.12 names no path. */
function pythonOfVersionOutput(output: string): string | null {
  return /^\s*python version = .*\((\/[^()]+)\)\s*$/m.exec(output)?.[1] ?? null;
}

/** The interpreter that the script's first line names. */
async function pythonOfScript(script: string, path: string): Promise<string | null> {
  const line = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(await firstBytes(script));
  if (line === null) return null;
  const [, interpreter = '', argument] = line;
  if (basename(interpreter).startsWith('python')) return interpreter;
  if (basename(interpreter) !== 'env' || argument?.startsWith('python') !== true) return null;
  return (await executablesOnPath(argument, path))[0] ?? null;
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(await realpath(path), 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}

function installHint(python: string): string {
  return python.startsWith('/usr/bin/')
    ? 'Install it: apt-get install python3-winrm'
    : `Install it for that Python: ${python} -m pip install pywinrm (Debian's own Ansible takes: apt-get install python3-winrm)`;
}
