// Many machines, a few at a time. Every one ends as facts: those that could not be asked say why, so that no host and
// no requirement is lost on the way to the report.
import { fail, LyncimgError } from '../errors/index.js';
import type { WsmanClient } from '../wsman/index.js';
import { collectFacts, type Collected, type CollectOptions } from './collect-facts.js';
import { CredentialGuard } from './credential-guard.js';
import { timeLimit } from './time-limit.js';

export interface HostAddress {
  /** Without brackets. */
  host: string;
  port: number;
}

export interface FleetOptions extends Pick<CollectOptions, 'queries' | 'now'> {
  hosts: readonly HostAddress[];
  /** Throws only for what is wrong with every host alike: that ends the run. */
  connect: (address: HostAddress) => WsmanClient;
  /** How many are asked at the same time. */
  concurrency: number;
  /** For one host, from the moment it is asked. */
  hostTimeoutMs: number;
  /** For all of them; null is no limit. */
  timeoutMs: number | null;
  /** Ends the run: its reason is thrown. */
  signal: AbortSignal;
  /** Told as each is done; `done` counts them. */
  onHost?: (collected: Collected, done: number) => void;
}

/** In the order of `hosts`. */
export async function askFleet(options: FleetOptions): Promise<Collected[]> {
  const { hosts, concurrency, timeoutMs } = options;
  const guard = new CredentialGuard();
  const stop = new AbortController();
  const whole = timeLimit(timeoutMs, () =>
    fail('E_VERIFY_RUN_TIMEOUT', { seconds: (timeoutMs ?? 0) / 1000 }),
  );
  const signal = AbortSignal.any([options.signal, stop.signal, whole.signal]);
  const results = new Map<number, Collected>();
  // One iterator for all: each worker takes the next host.
  const queue = hosts.entries();
  const work = async (): Promise<void> => {
    for (const [index, address] of queue) {
      const collected = await askHost(address, { ...options, signal, guard });
      results.set(index, collected);
      options.onHost?.(collected, results.size);
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, hosts.length) }, async () => {
    try {
      await work();
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  });
  try {
    // Not before all have ended: nothing may go on behind the back of who called.
    const ended = await Promise.allSettled(workers);
    for (const one of ended) if (one.status === 'rejected') throw one.reason as Error;
  } finally {
    whole.clear();
  }
  return [...results].sort(([a], [b]) => a - b).map(([, collected]) => collected);
}

/** `host:port`, as reports name it. */
export function addressText({ host, port }: HostAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function askHost(
  address: HostAddress,
  options: FleetOptions & { guard: CredentialGuard },
): Promise<Collected> {
  const { guard, signal, hostTimeoutMs, queries, now } = options;
  const host = addressText(address);
  const refusal = await guard.enter();
  try {
    if (signal.aborted) return unasked(host, timeIsUp(signal), now);
    if (refusal !== null) {
      const error = fail('E_VERIFY_NOT_ASKED', { host, refusal: refusal.message }, { where: { host } });
      return unasked(host, error, now);
    }
    const seconds = hostTimeoutMs / 1000;
    const limit = timeLimit(hostTimeoutMs, () =>
      fail('E_VERIFY_HOST_TIMEOUT', { host, seconds }, { where: { host } }),
    );
    const client = options.connect(address);
    try {
      const collected = await collectFacts(client, {
        ...{ host, queries, now },
        signal: AbortSignal.any([signal, limit.signal]),
        onAccepted: () => {
          guard.accept();
        },
      });
      if (collected.failure?.code === 'E_WSMAN_UNAUTHORIZED') guard.refuse(collected.failure);
      return collected;
    } finally {
      limit.clear();
      client.close();
    }
  } finally {
    guard.leave();
  }
}

/** The error of a run that has no time left; whatever else ended it is thrown. */
function timeIsUp(signal: AbortSignal): LyncimgError {
  const reason = signal.reason as Error;
  if (reason instanceof LyncimgError && reason.code === 'E_VERIFY_RUN_TIMEOUT') return reason;
  throw reason;
}

function unasked(host: string, failure: LyncimgError, now: () => Date): Collected {
  const at = now().toISOString();
  return {
    failure,
    facts: {
      apiVersion: 'lyncimg/v1',
      kind: 'HostFacts',
      host,
      answered: false,
      identity: null,
      authentication: null,
      error: { code: failure.code, message: failure.message },
      startedAt: at,
      finishedAt: at,
      answers: [],
    },
  };
}
