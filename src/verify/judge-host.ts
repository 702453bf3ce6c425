// From the facts of one host to its verdicts. Pure: facts that were kept give the same report as on the day.
import { addCounts, countVerdicts, judgeAll, type JudgeOptions } from './judge.js';
import { allRequirements, questionFor, type Assignment, type Subject } from './assignment.js';
import { factsFrom, nothingKnown, type HostFacts, type ReadFacts } from './host-facts.js';
import { isRehearsal } from './identity.js';
import { decideOs, findOs, operatingSystemQuery, type OsDecision } from './operating-system.js';
import type { HostOs, HostReport, HostSummary, RoleReport, Verdict, VerifyReport } from './types.js';

/** A host with what was decided on its operating system, on which every verdict stands. */
export interface Examined {
  summary: HostSummary;
  decision: OsDecision;
  read: ReadFacts;
}

export function examine(facts: HostFacts, assignment: Assignment): Examined {
  const { host, answered, identity, authentication, error, startedAt, finishedAt } = facts;
  const read = factsFrom(facts);
  const found = findOs(read.cim(operatingSystemQuery), identity);
  const { asserted, subjects } = assignment;
  // A host that was never asked is no reason to take anybody's word: there is nothing to judge.
  const decision: OsDecision = answered
    ? decideOs(found, asserted)
    : { state: 'unknown', cause: error?.message ?? 'the host did not answer' };
  const summary: HostSummary = {
    ...{ host, answered, rehearsal: isRehearsal(identity), identity },
    os: hostOs(decision, assignment, subjects),
    ...{ authentication, error, startedAt, finishedAt },
  };
  return { summary, decision, read };
}

export function judgeHost(facts: HostFacts, assignment: Assignment, options: JudgeOptions): HostReport {
  const examined = examine(facts, assignment);
  const reports = assignment.subjects.map((subject): RoleReport => {
    const verdicts = judgeSubject(examined, subject, options);
    const { decision } = examined;
    const all =
      decision.state === 'mismatch'
        ? [mismatchVerdict({ decision, role: subject.role, where: assignment.assertedBy }), ...verdicts]
        : verdicts;
    return { role: subject.role, stage: options.stage, counts: countVerdicts(all), verdicts: all };
  });
  return { ...examined.summary, reports };
}

/** Hosts in the order given. */
export function verifyReport(hosts: HostReport[]): VerifyReport {
  const counts = addCounts(hosts.flatMap(({ reports }) => reports.map((report) => report.counts)));
  return { apiVersion: 'lyncimg/v1', kind: 'VerifyReport', hosts, counts, exit: exitOf(hosts, counts) };
}

/** What falls short outweighs what nobody knows; a warning stops nobody. */
function exitOf(hosts: readonly HostReport[], counts: VerifyReport['counts']): VerifyReport['exit'] {
  if (counts.fail > 0) return 1;
  if (hosts.every(({ answered }) => !answered)) return 3;
  // A host that did not answer leaves something unknown even where nothing is required of it.
  return counts.unknown > 0 || hosts.some(({ answered }) => !answered) ? 4 : 0;
}

/** One verdict for each requirement of the subject: of its one operating system where that is known, else of all. */
export function judgeSubject(
  { summary, decision, read }: Examined,
  subject: Subject,
  options: JudgeOptions,
): Verdict[] {
  const question = questionFor(subject, decision);
  if (question !== null) return judgeAll(question.requirements, { facts: read, read }, options);
  const facts = nothingKnown(whyNothing(summary, decision, subject));
  return judgeAll(allRequirements(subject), { facts, read }, options);
}

function whyNothing({ answered }: HostSummary, decision: OsDecision, { role }: Subject): string {
  switch (decision.state) {
    case 'mismatch':
      return `the checks are those for ${decision.expected}, and the machine runs ${decision.title} (${decision.version})`;
    case 'unknown':
      return answered ? `which Windows this is, is not known: ${decision.cause}` : decision.cause;
    case 'told':
      return `${role} has no requirements for what the machine runs: ${decision.title} (${decision.version})`;
    case 'asserted':
      return `${role} has no requirements for ${decision.os.title}`;
  }
}

/** A verdict of its own, not forty failures that all mean the same. */
function mismatchVerdict(options: {
  decision: Extract<OsDecision, { state: 'mismatch' }>;
  role: string;
  where: string;
}): Verdict {
  const { decision, role, where } = options;
  return {
    ...{ id: 'os/version', kind: 'os', title: `Operating system ${decision.expected}`, role, stage: 'image' },
    verdict: 'fail',
    expected: decision.expected,
    actual: `${decision.title} (${decision.version})`,
    cause: null,
    fix: 'Name the machine that was meant, or the operating system that it runs with --os.',
    source: null,
    where,
  };
}

function hostOs(decision: OsDecision, { asserted }: Assignment, subjects: readonly Subject[]): HostOs {
  const expected = asserted?.id ?? null;
  switch (decision.state) {
    case 'told': {
      const { version, title } = decision;
      const judged = subjects.flatMap((subject) => questionFor(subject, decision)?.os.id ?? [])[0] ?? null;
      return {
        expected,
        found: { version, title },
        judged,
        basis: judged === null ? null : 'host',
        cause: null,
      };
    }
    case 'mismatch': {
      const { version, title } = decision;
      return { expected, found: { version, title }, judged: null, basis: null, cause: null };
    }
    case 'asserted':
      return { expected, found: null, judged: decision.os.id, basis: 'asserted', cause: decision.cause };
    case 'unknown':
      return { expected, found: null, judged: null, basis: null, cause: decision.cause };
  }
}
