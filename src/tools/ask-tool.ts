// A short question to a program: it gets no stdin, little time, and an empty folder to work in.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileFailure } from '../errors/index.js';
import { startTool } from './start-tool.js';

export interface Question {
  file: string;
  args: string[];
  env: Record<string, string>;
  timeoutMs: number;
  /** Laid into the folder, by name. */
  files?: Record<string, string>;
}

export interface AnsweredQuestion {
  exitCode: number | null;
  timedOut: boolean;
  stdout: string;
  stderr: string;
}

/** Throws E_TOOL_START where the program cannot be started. */
export async function askTool({
  file,
  args,
  env,
  timeoutMs,
  files = {},
}: Question): Promise<AnsweredQuestion> {
  // cracklib's packer takes `--version` for the name of a dictionary and writes it into the working folder.
  const prefix = join(tmpdir(), 'lyncimg-ask-');
  const folder = await mkdtemp(prefix).catch((error: unknown) => {
    throw fileFailure(error, prefix);
  });
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const lines = { stdout: [] as string[], stderr: [] as string[] };
    const tool = await startTool({
      file,
      args,
      env,
      cwd: folder,
      timeoutMs,
      graceMs: 500,
      onLine: ({ stream, text }) => lines[stream].push(text),
    });
    const { exitCode, timedOut } = await tool.ended;
    return { exitCode, timedOut, stdout: lines.stdout.join('\n'), stderr: lines.stderr.join('\n') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
