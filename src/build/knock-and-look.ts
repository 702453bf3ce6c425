// One look at a guest that may still be starting, in two steps. First a knock without a word of who asks: it shows
// whose certificate it is and whether somebody answers, and so tells apart who was never there from who goes away while
// he is asked. The password goes to a guest that has this build's certificate and answers, and to no other.
import { fail, LyncimgError } from '../errors/index.js';
import { connect } from '../wsman/index.js';
import type { Look } from './guest-contact.js';
import { outcomeOf } from './guest-outcome.js';
import { lookAtGuest, type LookOptions } from './look.js';

/** In milliseconds. */
export interface LookLimits {
  /** Until somebody has answered: TCP, TLS and the first answer together. */
  knockMs: number;
  /** For a guest that has just answered: the first query to a Windows that has just started loads its providers. */
  queryMs: number;
}

export const defaultLookLimits: LookLimits = { knockMs: 10_000, queryMs: 30_000 };

/** Its signal comes apart from it. */
export type GuestConnection = Omit<LookOptions['connection'], 'signal'>;

export interface KnockOptions extends LookOptions {
  connection: GuestConnection;
  limits: LookLimits;
}

/** `error` is what the look ended with; null for `reached`. */
export type Found = Pick<Look, 'outcome' | 'reason'> & { error: unknown };

/** Rejects with the signal's reason, and with what no waiting changes. */
export async function knockAndLook(options: KnockOptions, signal: AbortSignal): Promise<Found> {
  const { connection, rehearsal, placeholders, limits } = options;
  const knocked = await tried(false, signal, () => knock(connection, limits.knockMs, signal));
  // Any answer will do for a knock, also that only a password opens more.
  if (knocked !== null && !isAnswer(knocked)) return knocked;
  const looked = await tried(true, signal, () =>
    inTime(limits.queryMs, hostOf(connection), signal, (ownSignal) =>
      lookAtGuest({ connection: { ...connection, signal: ownSignal }, rehearsal, placeholders }),
    ),
  );
  return looked ?? { outcome: 'reached', reason: null, error: null };
}

/** `host:port`, for messages. Throws E_WSMAN_CA for authorities that cannot be used. */
export function hostOf(connection: GuestConnection): string {
  const client = connect({ ...connection, scheme: 'https' });
  client.close();
  return client.host;
}

async function knock(connection: GuestConnection, ms: number, signal: AbortSignal): Promise<void> {
  const part = Math.ceil(ms * 0.4);
  const limits = { connectMs: part, tlsMs: part, answerMs: ms, operationMs: ms };
  const client = connect({ ...connection, scheme: 'https', limits, signal });
  try {
    await client.identify({ unauthenticated: true });
  } finally {
    client.close();
  }
}

/** Null when `step` succeeded. */
async function tried(
  hasAnswered: boolean,
  signal: AbortSignal,
  step: () => Promise<void>,
): Promise<Found | null> {
  try {
    await step();
    return null;
  } catch (error) {
    signal.throwIfAborted();
    const outcome = outcomeOf(error, { hasAnswered });
    if (outcome === null) throw error;
    const [reason = ''] = (error as Error).message.split('\n', 1);
    return { outcome, reason, error };
  }
}

function isAnswer({ outcome, error }: Found): boolean {
  return outcome === 'not-ready' && !(error instanceof LyncimgError && error.code === 'E_WSMAN_TIMEOUT');
}

/** Ends `step` by the signal that it is given; too late is E_WSMAN_TIMEOUT. */
async function inTime(
  ms: number,
  host: string,
  signal: AbortSignal,
  step: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => {
    const facts = { host, doing: 'the first query', timeoutMs: ms, saidByHost: false };
    tooLate.abort(fail('E_WSMAN_TIMEOUT', facts, { where: { host } }));
  }, ms);
  try {
    await step(AbortSignal.any([signal, tooLate.signal]));
  } finally {
    clearTimeout(timer);
  }
}
