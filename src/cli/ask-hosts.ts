// The part of `verify` that needs a network: from the flags to what the hosts answered.
import type { Assignment, Collected, FleetOptions, JudgeOptions } from '../verify/index.js';
import { askFleet, decideOs, queriesFor } from '../verify/index.js';
import { connect, type Authentication, type TlsOptions } from '../wsman/index.js';
import { dialThrough, openJump } from './bastion.js';

export interface AskOptions extends Pick<
  FleetOptions,
  'hosts' | 'concurrency' | 'hostTimeoutMs' | 'timeoutMs' | 'signal'
> {
  scheme: 'https' | 'http';
  auth: Authentication;
  tls: TlsOptions;
  /** As typed after --jump. */
  jump: string | undefined;
  env: NodeJS.ProcessEnv;
  assignment: Assignment;
  judging: JudgeOptions;
  onHost: (collected: Collected, done: number) => void;
}

/** Throws what is wrong with every host alike, the bastion's refusal, and the signal's reason. */
export async function askHosts(options: AskOptions): Promise<Collected[]> {
  const { scheme, auth, tls, jump, env, signal, assignment, judging } = options;
  const bastion = jump === undefined ? null : await openJump({ jump, env, signal });
  try {
    return await askFleet({
      ...options,
      now: () => new Date(),
      queries: (found) => queriesFor(assignment, decideOs(found, assignment.asserted), judging),
      connect: (address) =>
        connect({
          ...address,
          ...{ scheme, auth, tls },
          ...(bastion !== null && { dial: dialThrough(bastion) }),
        }),
    });
  } finally {
    bastion?.close();
  }
}
