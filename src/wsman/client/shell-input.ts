// A command's standard input: cut into messages, sent one after the other (MS-WSMV 3.1.4.13).
import { fail } from '../../errors/index.js';
import { actions } from '../actions.js';
import { encodeSend } from '../envelope/shell-streams.js';
import { faultNumber } from './host-said.js';
import { systemClock, type Operation } from './operation.js';
import { askShell, type RunningCommand } from './shell-message.js';
import { within } from './within.js';

/**
 * In base64 this is 87 KB: well below the 150 KB that WinRM 2.0 takes as a message, headers and sealing included
 * (MaxEnvelopeSizekb).
 */
const maximumPieceBytes = 64 * 1024;

export type ShellInput = Buffer | AsyncIterable<Buffer>;

/** All of it, to its end. A command that closes its input, or is over before, is not disturbed by the rest. */
export async function sendInput(
  running: RunningCommand,
  input: ShellInput,
  operation: Operation,
): Promise<void> {
  const pieces = inPieces(input);
  try {
    for (;;) {
      const piece = await inTime(running, pieces.next(), operation);
      if (piece.done === true) return;
      const body = encodeSend({ commandId: running.commandId, ...piece.value });
      await askShell(running, { action: actions.send, body: [body] }, operation);
    }
  } catch (error) {
    if (!closedPipe.includes(faultNumber(error) ?? 0)) throw error;
  } finally {
    // Not awaited: a source that is silent does not answer this either.
    void pieces.return().catch(() => undefined);
  }
}

/** ERROR_BROKEN_PIPE, ERROR_NO_DATA, ERROR_PIPE_NOT_CONNECTED */
const closedPipe: readonly number[] = [109, 232, 233];

/** Always at least one piece, the last with the end: a command that reads to the end must come to it. */
async function* inPieces(
  input: ShellInput,
): AsyncGenerator<{ bytes: Buffer; end: boolean }, void, undefined> {
  let held: Buffer | null = null;
  for await (const chunk of Buffer.isBuffer(input) ? [input] : input) {
    for (let start = 0; start < chunk.length; start += maximumPieceBytes) {
      if (held !== null) yield { bytes: held, end: false };
      held = chunk.subarray(start, start + maximumPieceBytes);
    }
  }
  yield { bytes: held ?? Buffer.alloc(0), end: true };
}

/** The caller's source may be silent for ever. */
function inTime<T>(
  { asker: { host }, doing }: RunningCommand,
  work: Promise<T>,
  { deadline, signal, clock = systemClock }: Operation,
): Promise<T> {
  const timeoutMs = Math.max(0, Math.round(deadline - clock.now()));
  const error = (): Error =>
    fail('E_WSMAN_TIMEOUT', { host, doing, timeoutMs, saidByHost: false }, { where: { host } });
  return within({ ms: timeoutMs, error, signals: [signal] }, (over) => Promise.race([work, ended(over)]));
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
