// What machines are measured by: roles, each with its requirements for every operating system that it supports.
import type { FactQuery, Requirement } from '../requirements/index.js';
import { queriesOf, type JudgeOptions } from './judge.js';
import type { OsDecision, OsName } from './operating-system.js';

/** The requirements of one role on one operating system. */
export interface Question {
  os: OsName;
  requirements: readonly Requirement[];
}

export interface Subject {
  role: string;
  /** Of the role; the nearest first. */
  ancestors: readonly string[];
  /** One for each operating system; the asserted one alone where there is one. */
  questions: readonly Question[];
}

export interface Assignment {
  /** Which Windows the machines should run; null: they say so themselves. */
  asserted: OsName | null;
  /** Where that stands, for the verdict on it: `--os`, or the plan's file. */
  assertedBy: string;
  subjects: readonly Subject[];
}

/** The question that fits the operating system that was decided on; null where none does. */
export function questionFor({ questions }: Subject, decision: OsDecision): Question | null {
  switch (decision.state) {
    case 'told':
      return questions.find(({ os }) => os.version === decision.version) ?? null;
    case 'asserted':
      return questions.find(({ os }) => os.id === decision.os.id) ?? null;
    case 'mismatch':
    case 'unknown':
      return null;
  }
}

/** Every requirement of a role, whatever the operating system: what is unknown of a machine that does not say. */
export function allRequirements({ questions }: Subject): Requirement[] {
  const byId = new Map<string, Requirement>();
  for (const { requirements } of questions) {
    for (const requirement of requirements) {
      if (!byId.has(requirement.id)) byId.set(requirement.id, requirement);
    }
  }
  return [...byId.values()];
}

/**
 * What to ask a host for all its roles. Where it does not say which Windows it is, everything: the facts can be judged
 * later by somebody who knows. On another Windows than the asserted one, nothing.
 */
export function queriesFor(
  { subjects }: Assignment,
  decision: OsDecision,
  options: JudgeOptions,
): FactQuery[] {
  if (decision.state === 'mismatch') return [];
  return subjects.flatMap((subject) => {
    const requirements =
      decision.state === 'unknown'
        ? subject.questions.flatMap((question) => question.requirements)
        : (questionFor(subject, decision)?.requirements ?? []);
    return queriesOf(requirements, options);
  });
}
