// Waiting for WinRM with our own client, before Packer may: looks again and again until a whole look succeeds, and
// knows at each moment what is in the way, and for how long it has been. A refused password ends the wait at once,
// because repeating it locks the account. Another certificate does not: a machine in the middle of its first boot may
// still show that of an old listener. It gets no password: TLS is verified before anything is sent.
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type FactsOf, type LyncimgError } from '../errors/index.js';
import { durationInWords } from '../util/index.js';
import {
  afterLook,
  beginContact,
  contactState,
  timesInWords,
  upTo,
  type ContactLog,
  type ContactState,
  type ContactTimes,
} from './guest-contact.js';
import {
  defaultLookLimits,
  hostOf,
  knockAndLook,
  type GuestConnection,
  type LookLimits,
} from './knock-and-look.js';
import type { LookOptions } from './look.js';

export interface WaitOptions extends LookOptions {
  /** Without a signal: the wait has one of its own. */
  connection: GuestConnection;
  /** For the whole wait. */
  limitMs: number;
  /** From the end of one look to the beginning of the next. */
  intervalMs: number;
  signal: AbortSignal;
  /** Whole milliseconds that only grow. */
  now?: () => number;
  /** Told when the state changes, the first one and the last one too. */
  onState: (state: ContactState) => void;
  /** What one look may take. */
  lookLimits?: LookLimits;
}

export interface WaitReport {
  looks: number;
  /** What the durations sum up to. */
  waitedMs: number;
  durations: ContactTimes;
}

class TimeIsUp extends Error {}

/**
 * Resolves when a whole look succeeded. Rejects at once with E_BUILD_GUEST_REFUSED_PASSWORD, E_BUILD_NOT_A_TWIN and
 * whatever else no waiting changes; with E_BUILD_NO_WINRM after `limitMs`; with the signal's reason.
 */
export async function waitForGuest(options: WaitOptions): Promise<WaitReport> {
  const { limitMs, intervalMs, signal, onState, now = wholeMilliseconds } = options;
  signal.throwIfAborted();
  // What is wrong with what was given is said before anything is waited for.
  const host = hostOf(options.connection);
  const ending = new AbortController();
  const stop = (): void => {
    ending.abort(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    ending.abort(new TimeIsUp());
  }, limitMs);
  let contact = beginContact(now());
  try {
    for (;;) {
      const startedAt = now();
      const look = { ...options, limits: options.lookLimits ?? defaultLookLimits };
      const { error, ...found } = await knockAndLook(look, ending.signal);
      const before = contact;
      contact = afterLook(before, { ...found, startedAt, endedAt: now() });
      if (before.looks === 0 || contact.state !== before.state) onState(contactState(contact));
      if (found.outcome === 'reached') return reportOf(contact);
      if (found.outcome === 'password-refused') throw refusal(error as LyncimgError, contact);
      await pause(intervalMs, ending.signal);
    }
  } catch (error) {
    // A look that the end of the wait cut short has found nothing: the last whole one counts.
    if (error instanceof TimeIsUp) throw noWinrm(host, upTo(contact, now()));
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    // Node's own AbortError says nothing of why.
    signal.throwIfAborted();
    throw error;
  }
}

function refusal(cause: LyncimgError, contact: ContactLog): LyncimgError {
  const { host, user } = cause.facts as FactsOf<'E_WSMAN_UNAUTHORIZED'>;
  const { waitedMs, durations } = reportOf(contact);
  const facts = { host, user, waited: durationInWords(waitedMs), seen: timesInWords(durations) };
  return fail('E_BUILD_GUEST_REFUSED_PASSWORD', facts, { where: { host }, cause });
}

function noWinrm(host: string, contact: ContactLog): LyncimgError {
  const { waitedMs, durations } = reportOf(contact);
  const { state: last, reason } = contact;
  const facts = { host, waited: durationInWords(waitedMs), seen: timesInWords(durations), last, reason };
  return fail('E_BUILD_NO_WINRM', facts, { where: { host } });
}

function reportOf({ looks, until, beganAt, durations }: ContactLog): WaitReport {
  return { looks, waitedMs: until - beganAt, durations };
}

function wholeMilliseconds(): number {
  return Math.floor(performance.now());
}
