// Makes a disc: whole under its name, or not there at all.
import { open, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileFailure } from '../../errors/index.js';
import { startTool, type RunningTool } from '../../tools/index.js';
import type { DiscTool } from './disc-tool.js';
import { checkUnchanged, stage, type DiscEntry } from './stage.js';
import { noDisc, toolFailure } from './tool-failure.js';
import { inWorkFolder } from './work-folder.js';

export interface DiscOptions {
  /** `discToolFor` of the same label and files. */
  tool: DiscTool;
  label: string;
  entries: readonly DiscEntry[];
  /** Absolute path of the disc, in a folder that is there. */
  file: string;
  /** 0600 from its first byte on. */
  secret: boolean;
  /** The whole environment of the tool, with the run's marker in it: it is then found again after a kill -9. */
  env: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Told at once of the tool, as for every child of a run. */
  onStarted?: ((tool: RunningTool) => Promise<void>) | undefined;
}

/** What it has written by then is of no use to anybody. */
const graceMs = 1000;

/** Throws E_DISC_FAILED, E_DISC_SOURCE, E_DISK_FULL, E_FILE_ACCESS, or the reason of the signal. */
export async function makeDisc(options: DiscOptions): Promise<void> {
  const { entries, file, secret, signal } = options;
  try {
    await inWorkFolder(dirname(file), async (folder) => {
      await stage(entries, join(folder, 'tree'), signal);
      const disc = join(folder, 'disc');
      // Both tools write into the file that they find and leave its mode: made by them it would be 0666 less the umask.
      await writeFile(disc, '', { flag: 'wx', mode: secret ? 0o600 : 0o644 });
      await runTool(options, folder);
      await checkDisc(options, disc);
      await checkUnchanged(entries);
      signal?.throwIfAborted();
      await rename(disc, file);
    });
  } catch (error) {
    throw fileFailure(error, file);
  }
}

async function runTool(options: DiscOptions, folder: string): Promise<void> {
  const { tool, label, file, signal, onStarted } = options;
  const running = await startTool({
    file: tool.path,
    args: tool.args(label),
    // Both tools read a file of settings in HOME. Dates are local time; messages are looked at.
    env: { ...options.env, HOME: folder, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    cwd: folder,
    graceMs,
    ...(signal && { signal }),
  });
  try {
    await onStarted?.(running);
  } catch (error) {
    await running.stop();
    throw error;
  }
  const ended = await running.ended;
  signal?.throwIfAborted();
  if (ended.exitCode !== 0) throw toolFailure(ended, { tool: tool.path, file });
}

/** That it is one at all, and on the disk before anybody relies on its name. */
async function checkDisc({ tool, file }: DiscOptions, disc: string): Promise<void> {
  const opened = await open(disc, 'r').catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? noDisc({ tool: tool.path, file }) : error;
  });
  try {
    // ECMA-119 8.1: the first volume descriptor, in sector 16. A UDF disc of genisoimage has it too.
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(5), 0, 5, 16 * 2048 + 1);
    if (bytesRead < 5 || buffer.toString('latin1') !== 'CD001') throw noDisc({ tool: tool.path, file });
    await opened.sync();
  } finally {
    await opened.close();
  }
}
