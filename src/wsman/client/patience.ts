// Waiting for a host that is not ready yet.
import { fail, type LyncimgError } from '../../errors/index.js';
import type { Asker } from './asker.js';
import { isNotYet } from './host-said.js';
import { systemClock, type Clock, type Operation } from './operation.js';

const firstWaitMs = 100;
const longestWaitMs = 5000;

/**
 * A wait between tries that grows while nothing comes of them. A try that took as long by itself is followed at once:
 * an honest host makes its clients wait; one that answers "not yet" immediately must not be hammered.
 */
export class Patience {
  readonly #operation: Operation;
  readonly #clock: Clock;
  readonly #started: number;
  #waitMs = firstWaitMs;
  #lastTry: number;

  constructor(operation: Operation) {
    this.#operation = operation;
    this.#clock = operation.clock ?? systemClock;
    this.#started = this.#clock.now();
    this.#lastTry = this.#started;
  }

  /** Something came: the next wait is short again. */
  reset(): void {
    this.#waitMs = firstWaitMs;
    this.#lastTry = this.#clock.now();
  }

  /** Waits before the next try. False: there is no time left for one. */
  async wait(): Promise<boolean> {
    const { deadline, signal } = this.#operation;
    signal?.throwIfAborted();
    const wait = Math.max(0, this.#waitMs - (this.#clock.now() - this.#lastTry));
    if (this.#clock.now() + wait >= deadline) return false;
    if (wait > 0) await this.#clock.pause(wait, signal);
    this.#waitMs = Math.min(this.#waitMs * 2, longestWaitMs);
    this.#lastTry = this.#clock.now();
    return true;
  }

  /** What to end with when there is no time left. */
  timeout({ asker: { host }, doing }: { asker: Asker; doing: string }): LyncimgError {
    const timeoutMs = Math.max(0, Math.round(this.#operation.deadline - this.#started));
    return fail('E_WSMAN_TIMEOUT', { host, doing, timeoutMs, saidByHost: true }, { where: { host } });
  }
}

/**
 * Asks until the host has an answer: its w:TimedOut and n:TimedOut only say "not yet" (MS-WSMV 3.1.4.1.6). For what
 * may be asked twice: Enumerate, Pull, Get, Receive, and methods that only read.
 */
export async function askPatiently<T>(
  asker: Asker,
  operation: Operation,
  question: { doing: string; ask: () => Promise<T> },
): Promise<T> {
  const patience = new Patience(operation);
  for (;;) {
    try {
      return await question.ask();
    } catch (error) {
      if (!isNotYet(error)) throw error;
      if (!(await patience.wait())) throw patience.timeout({ asker, doing: question.doing });
    }
  }
}
