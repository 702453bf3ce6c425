// The guest of a layer: the twin, started as the same `lyncimg twin start` that a person starts. Its ready line is
// read as input from elsewhere; from then on the guest must live until it switches itself off.
import { z } from 'zod';
import { fail } from '../errors/index.js';
import { startTool, type RunningTool, type ToolEnded } from '../tools/index.js';

export interface Guest {
  address: string;
  port: number;
  user: string;
  pid: number;
  /** Set once the process has ended, by itself or by us. */
  ended: Promise<ToolEnded>;
  stop(): Promise<ToolEnded>;
  /** Lets it outlive this process: --keep-on-failure. */
  leave(): void;
}

export interface GuestOptions {
  layer: string;
  selfCommand: string[];
  os: string;
  stateFile: string;
  answerFolder: string;
  mediaFolder: string;
  env: Record<string, string>;
  cwd: string;
  log: string;
  secrets: readonly string[];
  signal: AbortSignal;
  /** Told at once, so that the process is found again whatever happens to this one. */
  onStarted: (tool: RunningTool) => Promise<void>;
  readyTimeoutMs?: number;
}

const readyLine = z.object({
  type: z.literal('twin-ready'),
  rehearsal: z.literal(true),
  pid: z.int().positive(),
  os: z.string(),
  address: z.ipv4(),
  port: z.int().min(1).max(65535),
  user: z.string().min(1),
});

/** The twin needs about a second; a machine that is busy with other builds may need many. */
const defaultReadyTimeoutMs = 60_000;

/** Starts the guest and waits until it listens. Throws E_BUILD_GUEST_START, or the signal's reason. */
export async function startGuest(options: GuestOptions): Promise<Guest> {
  const { layer, log, signal } = options;
  const [file = '', ...selfArgs] = options.selfCommand;
  let takeLine: (line: string) => void = () => undefined;
  const firstLine = new Promise<string>((resolve) => {
    takeLine = resolve;
  });
  const tool = await startTool({
    file,
    args: [
      ...selfArgs,
      ...['twin', 'start', '--os', options.os],
      ...['--state', options.stateFile, '--answer', options.answerFolder, '--media', options.mediaFolder],
      ...['--port', '0', '--http-port', '0'],
    ],
    env: options.env,
    cwd: options.cwd,
    log,
    secrets: options.secrets,
    signal,
    stopSignal: 'SIGTERM',
    onLine: ({ stream, text }) => {
      if (stream === 'stdout') takeLine(text);
    },
  });
  try {
    await options.onStarted(tool);
    const line = await waitForReady({ tool, firstLine, options });
    const ready = parseReady(line);
    if (ready === null)
      throw notStarted(layer, `it did not say that it is ready, but: ${line.slice(0, 200)}`, log);
    return { ...ready, ended: tool.ended, stop: tool.stop, leave: tool.leave };
  } catch (error) {
    await tool.stop();
    throw error;
  }
}

interface Waiting {
  tool: RunningTool;
  firstLine: Promise<string>;
  options: GuestOptions;
}

async function waitForReady({ tool, firstLine, options }: Waiting): Promise<string> {
  const { layer, log, signal, readyTimeoutMs = defaultReadyTimeoutMs } = options;
  const tooLate = Symbol('too late');
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof tooLate>((resolve) => {
    timer = setTimeout(() => {
      resolve(tooLate);
    }, readyTimeoutMs);
  });
  try {
    const first = await Promise.race([firstLine, tool.ended, limit]);
    signal.throwIfAborted();
    if (first === tooLate) throw notStarted(layer, `it was not ready within ${readyTimeoutMs / 1000} s`, log);
    if (typeof first === 'string') return first;
    throw notStarted(layer, `it ended at once (${howItEnded(first)}): ${lastWords(first)}`, log);
  } finally {
    clearTimeout(timer);
  }
}

function parseReady(line: string): Pick<Guest, 'address' | 'port' | 'user' | 'pid'> | null {
  try {
    const parsed = readyLine.safeParse(JSON.parse(line));
    if (!parsed.success) return null;
    const { address, port, user, pid } = parsed.data;
    return { address, port, user, pid };
  } catch {
    return null;
  }
}

function notStarted(layer: string, reason: string, log: string): Error {
  return fail('E_BUILD_GUEST_START', { layer, reason, log });
}

/** `exit code 3`, `SIGKILL`. */
export function howItEnded({ exitCode, signal }: Pick<ToolEnded, 'exitCode' | 'signal'>): string {
  return signal ?? `exit code ${exitCode ?? 'unknown'}`;
}

/** What a program said last, short enough for a message. */
export function lastWords({ tail }: Pick<ToolEnded, 'tail'>): string {
  const lines = tail.map((line) => line.trim()).filter((line) => line !== '');
  return lines.length === 0 ? 'it said nothing' : lines.slice(-4).join(' ').slice(0, 600);
}
