// One machine from connection to report: who are you, what is so, what does it mean.
import type { FactQuery, OsModel, Requirement } from '../requirements/index.js';
import { connect, type ConnectOptions } from '../wsman/index.js';
import { collectFacts } from './collect-facts.js';
import { factsFrom, nothingKnown, type FactsDocument, type HostIdentity } from './facts-document.js';
import { countVerdicts, judgeAll, queriesOf, type JudgeOptions } from './judge.js';
import { readIdentity } from './identity.js';
import { checkOperatingSystem, operatingSystemQuery } from './operating-system.js';
import type { VerifyReport } from './types.js';

/** What a machine is measured by. */
export interface Question {
  role: string;
  os: Pick<OsModel, 'id' | 'title' | 'version'>;
  requirements: readonly Requirement[];
}

export interface VerifyOptions extends JudgeOptions {
  connection: ConnectOptions;
  /** Asked once the host has said who it is, so that its own operating system can choose the question. */
  question: (identity: HostIdentity) => Question;
  now: () => Date;
}

/** The facts are kept beside the report: they can be judged again, by another role or a newer catalogue. */
export interface Verification {
  report: VerifyReport;
  facts: FactsDocument;
}

/**
 * Throws what wsman throws when the host cannot be asked at all (one attempt with a password, never more), and
 * E_VERIFY_OS when it runs another Windows. Everything else is a verdict.
 */
export async function verifyHost(options: VerifyOptions): Promise<Verification> {
  const client = connect(options.connection);
  try {
    const identity = readIdentity(await client.identify());
    const question = options.question(identity);
    const queries: FactQuery[] = [operatingSystemQuery, ...queriesOf(question.requirements, options)];
    const { now } = options;
    const facts = await collectFacts(client, queries, { identity, now, signal: options.connection.signal });
    return { report: reportOn(facts, question, options), facts };
  } finally {
    client.close();
  }
}

/** Pure: judges facts that were collected now or earlier. */
export function reportOn(document: FactsDocument, question: Question, options: JudgeOptions): VerifyReport {
  const { host, identity, startedAt, finishedAt } = document;
  const read = factsFrom(document);
  const os = checkOperatingSystem(host, question.os, read, identity);
  // The same feature name means other things on another Windows: without knowing which one it is nothing can be said.
  const facts = os.known ? read : nothingKnown(`which Windows this is, is not known: ${os.cause}`);
  const verdicts = judgeAll(question.requirements, facts, options);
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'VerifyReport',
    host,
    role: question.role,
    os: { expected: question.os.id, found: os.known ? os.value : null },
    stage: options.stage,
    rehearsal: identity.rehearsal,
    startedAt,
    finishedAt,
    counts: countVerdicts(verdicts),
    verdicts,
  };
}
