// Facts in, verdicts out. Pure: the same requirements and facts give the same verdicts, today or in a year.
import type { FactQuery, Facts, Judgement, Kind, Requirement } from '../requirements/index.js';
import { evidenceOf } from './evidence.js';
import type { ReadFacts } from './host-facts.js';
import type { RoleReport, Verdict, VerdictCounts } from './types.js';

/** Finds a kind of requirement by its name. */
export type KindLookup = (name: string) => Kind<unknown, unknown> | undefined;

export interface JudgeOptions {
  kindOf: KindLookup;
  /** The build's gate: what only a deployed machine can have is listed, not judged, whatever `stage` says. */
  gate: boolean;
  stage: RoleReport['stage'];
  /** Each verdict gets its evidence. */
  explain?: boolean;
}

/** What a requirement is judged by. */
export interface Known {
  facts: Facts;
  /** What was asked and answered, for the evidence: also where it may not be judged by. */
  read: ReadFacts;
}

/** One verdict for each requirement of the stage, in the given order. */
export function judgeAll(
  requirements: readonly Requirement[],
  { facts, read }: Known,
  options: JudgeOptions,
): Verdict[] {
  return requirements
    .filter((requirement) => isListed(requirement, options))
    .map((requirement) => {
      const verdict = verdictOf(requirement, facts, options);
      if (options.explain !== true || verdict.verdict === 'after-deployment') return verdict;
      return { ...verdict, evidence: evidenceOf(requirement, read, options.kindOf) };
    });
}

/** What has to be asked to judge these requirements; not yet merged. */
export function queriesOf(requirements: readonly Requirement[], options: JudgeOptions): FactQuery[] {
  return requirements
    .filter((requirement) => isListed(requirement, options) && !isDeferred(requirement, options))
    .flatMap((requirement) => {
      try {
        return options.kindOf(requirement.kind)?.facts(requirement.spec) ?? [];
      } catch {
        return []; // A spec that its kind cannot read asks nothing; judging it says why it stays unknown.
      }
    });
}

export function countVerdicts(verdicts: readonly Verdict[]): VerdictCounts {
  const counts = { pass: 0, warn: 0, fail: 0, unknown: 0, 'after-deployment': 0 };
  for (const { verdict } of verdicts) counts[verdict] += 1;
  return counts;
}

export function addCounts(all: readonly VerdictCounts[]): VerdictCounts {
  const sum = countVerdicts([]);
  for (const counts of all) {
    for (const name of verdictNames) sum[name] += counts[name];
  }
  return sum;
}

const verdictNames = ['pass', 'warn', 'fail', 'unknown', 'after-deployment'] as const;

function isListed({ stage }: Requirement, options: JudgeOptions): boolean {
  return options.gate || options.stage === 'all' || options.stage === stage;
}

function isDeferred({ stage }: Requirement, { gate }: JudgeOptions): boolean {
  return gate && stage === 'machine';
}

function verdictOf(requirement: Requirement, facts: Facts, options: JudgeOptions): Verdict {
  const { id, kind, title, role, stage, where } = requirement;
  const source = requirement.confirmedBy ?? requirement.source;
  const about = { id, kind, title, role, stage, source, where };
  if (isDeferred(requirement, options)) {
    const fix = 'Only a deployed machine can have it: run lyncimg verify there.';
    return { ...about, verdict: 'after-deployment', expected: title, actual: null, cause: null, fix };
  }
  const judgement = judge(requirement, facts, options.kindOf);
  const { expected } = judgement;
  switch (judgement.verdict) {
    case 'pass':
      return { ...about, verdict: 'pass', expected, actual: judgement.actual, cause: null, fix: null };
    case 'fail': {
      // Nobody should be stopped by a need that nobody has confirmed.
      const verdict = source.confidence === 'unverified' ? 'warn' : 'fail';
      return { ...about, verdict, expected, actual: judgement.actual, cause: null, fix: judgement.fix };
    }
    case 'unknown': {
      const fix = 'Remove the cause and run the same command again: an unanswered question is not an answer.';
      return { ...about, verdict: 'unknown', expected, actual: null, cause: judgement.cause, fix };
    }
  }
}

/** A kind that throws has met a spec or an answer that it did not foresee: then nothing is known of this one need. */
function judge(requirement: Requirement, facts: Facts, kindOf: KindLookup): Judgement {
  const kind = kindOf(requirement.kind);
  const expected = requirement.title;
  if (kind === undefined)
    return {
      verdict: 'unknown',
      expected,
      cause: `this lyncimg has no requirement kind '${requirement.kind}'`,
    };
  try {
    return kind.judge(requirement.spec, facts);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { verdict: 'unknown', expected, cause: `it could not be judged: ${reason}` };
  }
}
