// Starts a child process in a group of its own, streams its output by lines without secrets, and ends the whole group.
import { execa } from 'execa';
import { setTimeout as delay } from 'node:timers/promises';
import { fail } from '../errors/index.js';
import { bootId, processStat } from '../util/index.js';
import { holdGroup, releaseGroup } from './live-groups.js';
import { endProcesses, groupMembers, signalGroup, type GroupIdentity } from './process-group.js';
import { RedactedLines, Redactor } from './redacted-lines.js';
import { openRunLog } from './run-log.js';

export interface ToolLine {
  stream: 'stdout' | 'stderr';
  /** Without its newline and without secrets. */
  text: string;
}

export interface ToolOptions {
  /** Absolute path of the program (findTool's `path`). */
  file: string;
  args: string[];
  /** The whole environment: nothing is inherited beside it (childEnvironment makes one). */
  env: Record<string, string>;
  cwd: string;
  /** Both streams are appended here, 0600. */
  log?: string;
  /** Taken out of every line, in every form that they can have. */
  secrets?: readonly string[];
  onLine?: (line: ToolLine) => void;
  /** Stops the group when aborted. */
  signal?: AbortSignal;
  /** Stops the group when it takes longer. */
  timeoutMs?: number;
  /** Between the stop signal and SIGKILL; 5 s unless said. */
  graceMs?: number;
  /** What asks the group to end; SIGINT unless said, since Packer cancels on nothing else when it has children. */
  stopSignal?: 'SIGINT' | 'SIGTERM';
}

export interface ToolEnded {
  /** Null where a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  /** By `stop()`, the AbortSignal or the time limit. */
  stopped: boolean;
  /** The last lines of both streams, without secrets. */
  tail: string[];
  /** Path of the log file, null where none was wanted. */
  log: string | null;
  /** Pids of the group that not even SIGKILL ended; empty unless the kernel hangs. */
  left: number[];
}

export interface RunningTool {
  pid: number;
  /** To be written down, so that the group can be found after a kill -9 of lyncimg. */
  group: GroupIdentity;
  /**
   * Resolves when no process of the group is left, however it ended. Rejects only where lyncimg could not do its part
   * (E_DISK_FULL of the log, a defect in `onLine`); the group has ended then as well.
   */
  ended: Promise<ToolEnded>;
  /** Asks the group to end, kills it after the time of grace, and resolves when nothing of it is left. */
  stop: () => Promise<ToolEnded>;
  /**
   * Lets the group outlive lyncimg: from now on nothing here ends it, reads its output, or waits for it. Its output
   * streams are closed, so it must be able to go on without them.
   */
  leave: () => void;
}

const tailLines = 40;
const defaultGraceMs = 5000;
/** For output still in the pipe when the last process has gone: a process that left the group may hold it for ever. */
const drainMs = 1000;

/** Starts a tool. Throws E_TOOL_START, E_DISK_FULL, or the reason of a signal that is aborted already. */
export async function startTool(options: ToolOptions): Promise<RunningTool> {
  options.signal?.throwIfAborted();
  const log = openRunLog(options.log);
  const child = execa(options.file, options.args, {
    env: options.env,
    extendEnv: false,
    cwd: options.cwd,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) {
    log.close();
    const { cause, originalMessage } = await child;
    throw fail('E_TOOL_START', { file: options.file, why: originalMessage ?? 'unknown reason' }, { cause });
  }
  holdGroup(pid);
  const group: GroupIdentity = { pgid: pid, startTime: processStat(pid)?.startTime ?? null, boot: bootId() };

  let stopped = false;
  let timedOut = false;
  let failure: { error: unknown } | undefined;
  let ending: Promise<number[]> | undefined;
  const tail: string[] = [];

  const endGroup = (): Promise<number[]> =>
    (ending ??= endProcesses({
      members: () => groupMembers(group),
      send: (signal) => signalGroup(pid, signal),
      signal: options.stopSignal ?? 'SIGINT',
      graceMs: options.graceMs ?? defaultGraceMs,
    }));
  const stop = (): Promise<ToolEnded> => {
    stopped = true;
    void endGroup();
    return ended;
  };
  const take = (stream: ToolLine['stream'], lines: string[]): void => {
    for (const text of lines) {
      tail.push(text);
      if (tail.length > tailLines) tail.shift();
      if (failure !== undefined) continue;
      try {
        log.write(text);
        options.onLine?.({ stream, text });
      } catch (error) {
        failure = { error };
        void endGroup();
      }
    }
  };

  const redactor = new Redactor(options.secrets ?? []);
  const streams = (['stdout', 'stderr'] as const).map((name) => ({
    name,
    lines: new RedactedLines(redactor),
  }));
  for (const { name, lines } of streams) {
    child[name].on('data', (chunk: Buffer) => {
      take(name, lines.push(chunk));
    });
  }
  const closed = new Promise<void>((resolve) => child.once('close', resolve));
  const exited = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });

  const onAbort = (): void => void stop();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const limit =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          void stop();
        }, options.timeoutMs);

  const finish = async (): Promise<ToolEnded> => {
    const { exitCode, signal } = await exited;
    clearTimeout(limit);
    // Whoever is left of the group when its first process is gone was forgotten: it ends too.
    const left = await endGroup();
    options.signal?.removeEventListener('abort', onAbort);
    releaseGroup(pid);
    await Promise.race([closed, delay(drainMs, undefined, { ref: false })]);
    for (const { name, lines } of streams) {
      child[name].destroy();
      take(name, lines.end());
    }
    log.close();
    if (failure !== undefined) throw failure.error;
    return { exitCode, signal, timedOut, stopped, tail, log: options.log ?? null, left };
  };
  const ended = finish();
  // Who waits for it gets the error; who does not wait yet must not be ended by an unhandled rejection.
  ended.catch(() => undefined);
  const leave = (): void => {
    clearTimeout(limit);
    options.signal?.removeEventListener('abort', onAbort);
    releaseGroup(pid);
    for (const { name } of streams) child[name].destroy();
    child.unref();
  };
  return { pid, group, ended, stop, leave };
}
