// One thing that is missing or wrong on a machine that has everything else.
import type { CimRow } from '../../../src/requirements/index.js';
import type { HostFacts } from '../../../src/verify/index.js';
import type { FactsCopy } from './facts-copy.js';
import type { Need, Pair } from './pairs.js';

/** What becomes of a requirement; a failure of an unverified one is a warning. */
export type Outcome = 'pass' | 'fail' | 'unknown';

export interface Mutation {
  /** e.g. `not installed` */
  what: string;
  change(copy: FactsCopy): void;
  /** Of every requirement of the pair, by the rules of Windows as this test has them; never by the judge. */
  outcome(need: Need): Outcome;
}

/** What a mutation is made from. */
export interface Ground {
  pair: Pair;
  /** Of the machine on which everything is as it must be. */
  facts: HostFacts;
}

/** What can be wrong with requirements of one kind. */
export type Mutate = (need: Need, ground: Ground) => Mutation[];

/** Nothing but the requirement itself. */
export function alone(need: Need, becomes: Outcome = 'fail'): Mutation['outcome'] {
  return (other) => (other === need ? becomes : 'pass');
}

/** Those that stand on one of the facts. */
export function sharing(facts: readonly string[], factsOf: (need: Need) => string[]): Mutation['outcome'] {
  return (need) => (factsOf(need).some((fact) => facts.includes(fact)) ? 'fail' : 'pass');
}

/** Rows in which the properties that were asked for have other values. */
export function withValues(
  values: CimRow,
  only: (row: CimRow) => boolean = () => true,
): (rows: CimRow[]) => CimRow[] {
  return (rows) =>
    rows.map((row) => {
      if (!only(row)) return row;
      const asked = Object.entries(values).filter(([name]) => Object.hasOwn(row, name));
      return { ...row, ...Object.fromEntries(asked) };
    });
}
