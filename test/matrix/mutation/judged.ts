// Verdicts on facts, and which answers each stands on: a judge is a pure function of what it reads, so a verdict whose
// answers are all as they were is as it was, and need not be made again.
import { kindOf, type FactQuery, type Facts } from '../../../src/requirements/index.js';
import { factsFrom, judgeAll, type HostFacts, type Verdict } from '../../../src/verify/index.js';
import type { FactsCopy } from './facts-copy.js';
import type { Need } from './pairs.js';

export interface Judged {
  verdict: Verdict;
  /** Places in the document of the answers that were looked at. */
  read: ReadonlySet<number>;
}

const options = { kindOf, gate: false, stage: 'all' } as const;

export function judge(needs: readonly Need[], document: HostFacts): Map<Need, Judged> {
  const known = factsFrom(document);
  const placeOf = new Map<FactQuery, number>(document.answers.map(({ query }, index) => [query, index]));
  return new Map(
    needs.map((need) => {
      const read = new Set<number>();
      const note = <Query extends FactQuery, T>(answer: (query: Query) => T): ((query: Query) => T) => {
        return (query) => {
          const asked = known.asked(query);
          read.add((asked === null ? undefined : placeOf.get(asked)) ?? -1);
          return answer(query);
        };
      };
      const facts: Facts = {
        cim: note((query) => known.cim(query)),
        registry: note((query) => known.registry(query)),
        registryKeys: note((query) => known.registryKeys(query)),
        registryValues: note((query) => known.registryValues(query)),
      };
      const [verdict] = judgeAll([need.requirement], { facts, read: known }, options);
      if (verdict === undefined) throw new Error(`${need.requirement.id} was not judged`);
      return [need, { verdict, read }];
    }),
  );
}

/** Verdicts on the changed copy, of those that stand on one of its changed answers. */
export function judgeAgain(
  before: ReadonlyMap<Need, Judged>,
  copy: FactsCopy,
): Map<Need, Verdict['verdict']> {
  const { changed } = copy;
  const known = factsFrom(copy.facts());
  const again = [...before].flatMap(([need, { read }]) =>
    [...read].some((place) => changed.has(place)) ? [need] : [],
  );
  const verdicts = judgeAll(
    again.map(({ requirement }) => requirement),
    { facts: known, read: known },
    options,
  );
  return new Map(again.map((need, index) => [need, verdicts[index]?.verdict ?? 'unknown']));
}
