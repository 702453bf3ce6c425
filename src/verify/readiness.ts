// What is a machine ready for? Every role of its operating system, judged by the same facts, and for each the shortest
// list of what is missing.
import { judgeSubject, examine } from './judge-host.js';
import { countVerdicts, type JudgeOptions } from './judge.js';
import { questionFor, type Assignment, type Subject } from './assignment.js';
import type { HostFacts } from './host-facts.js';
import type { OsDecision } from './operating-system.js';
import type { HostReadiness, ReadinessReport, RoleReadiness, Verdict } from './types.js';

export function assessHost(facts: HostFacts, assignment: Assignment, options: JudgeOptions): HostReadiness {
  const examined = examine(facts, assignment);
  const subjects = parentsFirst(assignment.subjects).filter((subject) =>
    isAskedAbout(subject, examined.decision),
  );
  const judged = new Map<string, Verdict[]>();
  const roles = subjects.map((subject): RoleReadiness => {
    const verdicts = judgeSubject(examined, subject, options);
    const ancestors = subject.ancestors.filter((name) => judged.has(name));
    const told = ancestors.flatMap((name) => judged.get(name) ?? []);
    judged.set(subject.role, verdicts);
    return readinessOf({ role: subject.role, parent: ancestors[0] ?? null, verdicts, told });
  });
  return { ...examined.summary, roles };
}

/** Hosts in the order given. */
export function readinessReport(hosts: HostReadiness[]): ReadinessReport {
  return { apiVersion: 'lyncimg/v1', kind: 'ReadinessReport', hosts, exit: exitOf(hosts) };
}

/** Nothing was asked of the machines, so none can fall short: never 1. */
function exitOf(hosts: readonly HostReadiness[]): ReadinessReport['exit'] {
  if (hosts.every(({ answered }) => !answered)) return 3;
  const isWhole = ({ os, roles }: HostReadiness): boolean =>
    os.judged !== null && roles.every(({ counts }) => counts.unknown === 0);
  return hosts.every(isWhole) ? 0 : 4;
}

/** Where the operating system is told, only the roles that can be had on it are a question. */
function isAskedAbout(subject: Subject, decision: OsDecision): boolean {
  return decision.state !== 'told' || questionFor(subject, decision) !== null;
}

function parentsFirst(subjects: readonly Subject[]): Subject[] {
  return [...subjects].sort((a, b) => a.ancestors.length - b.ancestors.length || (a.role < b.role ? -1 : 1));
}

function readinessOf(options: {
  role: string;
  parent: string | null;
  verdicts: readonly Verdict[];
  /** Verdicts of the roles that it extends. */
  told: readonly Verdict[];
}): RoleReadiness {
  const { role, parent, verdicts, told } = options;
  const counts = countVerdicts(verdicts);
  const own = (name: Verdict['verdict']): Verdict[] => {
    const elsewhere = new Set(told.filter(({ verdict }) => verdict === name).map(({ id }) => id));
    return verdicts.filter(({ id, verdict }) => verdict === name && !elsewhere.has(id));
  };
  const state = counts.fail > 0 ? 'missing' : counts.unknown > 0 ? 'unknown' : 'ready';
  return { role, extends: parent, state, counts, missing: own('fail'), unknown: own('unknown') };
}
