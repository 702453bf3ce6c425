// What is known of a guest that is being waited for, and for how long it was so. Pure: fed with what each look found
// and with the clock's times, so that the times of all states sum up to the time waited, whatever came in between.
import { durationInWords } from '../util/index.js';

/** What one look found. */
export type Outcome =
  /** Nobody: refused, timed out, no route, or broken off. */
  | 'silence'
  /** Somebody without this build's certificate: another one, no TLS, or only an older TLS than is taken. */
  | 'stranger'
  /** This build's certificate, and an answer that is not all of it: a 503, a fault, no Basic yet, too slow. */
  | 'not-ready'
  /** This build's guest answered, and went away while it was asked. */
  | 'broken-off'
  /** This build's guest does not take its password. */
  | 'password-refused'
  /** All that was asked was answered. */
  | 'reached';

export type Contact =
  /** Since the wait began. */
  | 'never-answered'
  | 'other-certificate'
  | 'not-ready'
  /** Somebody had answered, in whatever way, and now nobody does: a restart, or a listener that is made anew. */
  | 'went-away'
  | 'password-refused'
  | 'reached';

/** In milliseconds, states in the order in which they were first seen; one that was never seen is not there. */
export type ContactTimes = Partial<Record<Contact, number>>;

export interface ContactState {
  state: Contact;
  /** How far into the wait this state began. */
  sinceMs: number;
  /** Of the wait so far. */
  durations: ContactTimes;
  /** What the last look said, one line; null for `reached`. */
  reason: string | null;
}

export interface ContactLog extends ContactState {
  beganAt: number;
  /** Up to here every millisecond belongs to a state. */
  until: number;
  looks: number;
  hasAnswered: boolean;
}

/** One look that has ended; times by the clock. */
export interface Look {
  outcome: Outcome;
  reason: string | null;
  startedAt: number;
  endedAt: number;
}

export function beginContact(now: number): ContactLog {
  const unknown = { state: 'never-answered', sinceMs: 0, durations: {}, reason: null } as const;
  return { ...unknown, beganAt: now, until: now, looks: 0, hasAnswered: false };
}

/** The look's own time belongs to what it found, the pause before it to what was known then. */
export function afterLook(log: ContactLog, { outcome, reason, startedAt, endedAt }: Look): ContactLog {
  const isFirst = log.looks === 0;
  const before = isFirst ? log : upTo(log, startedAt);
  const state = stateAfter(outcome, log.hasAnswered);
  const sinceMs = isFirst || state !== log.state ? before.until - before.beganAt : before.sinceMs;
  const hasAnswered = log.hasAnswered || outcome !== 'silence';
  const found = { ...before, state, sinceMs, reason, looks: log.looks + 1, hasAnswered };
  return upTo(found, Math.max(startedAt, endedAt));
}

/** The time since the last look belongs to what it found. A clock that goes backwards takes nothing away again. */
export function upTo(log: ContactLog, now: number): ContactLog {
  const until = Math.max(log.until, now);
  const spent = (log.durations[log.state] ?? 0) + until - log.until;
  return { ...log, until, durations: { ...log.durations, [log.state]: spent } };
}

/** The part of it that is told to others. */
export function contactState({ state, sinceMs, durations, reason }: ContactLog): ContactState {
  return { state, sinceMs, durations, reason };
}

function stateAfter(outcome: Outcome, hasAnswered: boolean): Contact {
  switch (outcome) {
    case 'silence':
      return hasAnswered ? 'went-away' : 'never-answered';
    case 'stranger':
      return 'other-certificate';
    case 'broken-off':
      return 'went-away';
    case 'not-ready':
    case 'password-refused':
    case 'reached':
      return outcome;
  }
}

const pastWords: Record<Contact, string | null> = {
  'never-answered': 'never answered',
  'other-certificate': "answered without this build's certificate",
  'not-ready': "answered with this build's certificate but was not ready",
  'went-away': 'was gone after it had answered',
  // The wait ends there.
  'password-refused': null,
  reached: null,
};

/** Each state that the wait passed through, in the past tense: `never answered for 28 min`. */
export function timesInWords(durations: ContactTimes): string[] {
  return Object.entries(durations).flatMap(([state, ms]) => {
    const words = pastWords[state as Contact];
    return words === null ? [] : [`${words} for ${durationInWords(ms)}`];
  });
}
