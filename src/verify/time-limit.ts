// A limit of time as a signal that other signals can be joined with.
import type { LyncimgError } from '../errors/index.js';

export interface TimeLimit {
  signal: AbortSignal;
  /** The work is over: the timer must not keep the process alive. */
  clear(): void;
}

/** Aborts with the reason after so many milliseconds; null is no limit. */
export function timeLimit(ms: number | null, reason: () => LyncimgError): TimeLimit {
  const controller = new AbortController();
  const timer =
    ms === null
      ? undefined
      : setTimeout(() => {
          controller.abort(reason());
        }, ms);
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
    },
  };
}
