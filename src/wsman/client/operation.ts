// One operation of the client: all its messages, repeats and waits end at one deadline or by one signal.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Question } from './asker.js';

/** Time as an operation sees it; a test brings its own. */
export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Rejects with the signal's reason. */
  pause(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  pause: async (ms, signal) => {
    try {
      await sleep(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // Node's own AbortError says nothing of why.
      signal?.throwIfAborted();
      throw error;
    }
  },
};

export interface Operation {
  /** By the clock's `now`. */
  deadline: number;
  signal?: AbortSignal | undefined;
  /** The system's unless said otherwise. */
  clock?: Clock;
}

/** The operation's part of a question. */
export function limitsOf({ deadline, signal }: Operation): Pick<Question, 'deadline' | 'signal'> {
  return { deadline, signal };
}

/** A short operation of its own for cleaning up: what is over or aborted already must not stand in its way. */
export function cleanup({ clock = systemClock }: Operation, ms = 5000): Operation {
  return { clock, deadline: clock.now() + ms };
}
