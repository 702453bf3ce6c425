// One look at the machine that `apply` is about, by what `verify` does: facts in one go, and every verdict from them.
import { fail } from '../errors/index.js';
import { kindOf, restartQueries, restartsWaiting } from '../requirements/index.js';
import {
  askFleet,
  decideOs,
  factsFrom,
  judgeHost,
  queriesFor,
  verifyReport,
  type Assignment,
  type HostAddress,
  type HostReport,
  type JudgeOptions,
  type RoleReport,
  type VerifyReport,
} from '../verify/index.js';
import { connect, type Authentication, type TlsOptions } from '../wsman/index.js';

export interface LookRequest {
  address: HostAddress;
  scheme: 'https' | 'http';
  auth: Authentication;
  tls: TlsOptions;
  assignment: Assignment;
  hostTimeoutMs: number;
  signal: AbortSignal;
}

export interface Look {
  /** Of the one host. */
  report: VerifyReport;
  host: HostReport;
  /** Of the one role. */
  role: RoleReport;
  /** Null where it could not be read. */
  restartPending: boolean | null;
}

const judging: JudgeOptions = { kindOf, stage: 'all', gate: false };

/** Throws why the machine could not be asked, and the signal's reason. */
export async function lookAtMachine(request: LookRequest): Promise<Look> {
  const { address, scheme, auth, tls, assignment, hostTimeoutMs, signal } = request;
  const [collected] = await askFleet({
    ...{ hosts: [address], concurrency: 1, timeoutMs: null, hostTimeoutMs, signal },
    now: () => new Date(),
    queries: (found) => [
      ...queriesFor(assignment, decideOs(found, assignment.asserted), judging),
      ...restartQueries,
    ],
    connect: (to) => connect({ ...to, ...{ scheme, auth, tls } }),
  });
  if (collected === undefined) throw new Error('one host was asked and none came back');
  const { facts, failure } = collected;
  if (!facts.answered)
    throw failure ?? fail('E_INTERNAL', { message: 'a host that did not answer said not why' });
  const host = judgeHost(facts, assignment, judging);
  const [role] = host.reports;
  if (role === undefined) throw new Error('one role was asked for and none was judged');
  const { waiting, causes } = restartsWaiting(factsFrom(facts));
  const restartPending = waiting.length > 0 ? true : causes.length > 0 ? null : false;
  return { report: verifyReport([host]), host, role, restartPending };
}
