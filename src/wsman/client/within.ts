// A time limit and other people's signals around one piece of work.

export interface Limit {
  ms: number;
  /** What the work ends with when the time is over. */
  error: () => Error;
  signals: readonly (AbortSignal | undefined)[];
}

/** Rejects with the limit's error, or with the reason of the signal that came first, also when `work` hears neither. */
export async function within<T>(limit: Limit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const time = new AbortController();
  const timer = setTimeout(
    () => {
      time.abort(limit.error());
    },
    Math.max(0, limit.ms),
  );
  const others = limit.signals.filter((signal) => signal !== undefined);
  const signal = AbortSignal.any([...others, time.signal]);
  try {
    signal.throwIfAborted();
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
    return await Promise.race([work(signal), ended]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
