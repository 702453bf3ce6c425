// The mutation matrix of one operating system: for each requirement of each role, a machine with just that one thing
// missing or wrong. Exactly that requirement fails, and what follows from it by parent, dependency or shared fact. What is
// expected comes from catalog/features/*.json and from lists written by hand, never from the judge.
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { OsId } from '../../src/requirements/index.js';
import { FactsCopy } from './mutation/facts-copy.js';
import { idealMachine } from './mutation/ideal-machine.js';
import type { KindName } from './mutation/inputs.js';
import { judge, judgeAgain, type Judged } from './mutation/judged.js';
import type { Ground, Mutate, Mutation } from './mutation/mutation.js';
import { allMutates } from './mutation/mutates.js';
import { pairsOf, type Need, type Pair } from './mutation/pairs.js';
import { readFacts } from './mutation/read-facts.js';

/** Each pair is a test of its own; the size of the whole is printed at the end. */
export function mutationMatrix(os: OsId): void {
  const pairs = pairsOf(os);

  describe(`with one thing missing or wrong, on ${os}`, function () {
    // Some machines are read over the wire while other files of tests are busy.
    this.timeout(120_000);
    let mutates: Readonly<Record<string, Mutate>>;
    const size = { selections: 0, requirements: 0, mutations: 0 };
    before(async () => {
      mutates = await allMutates();
    });
    after(() => {
      const { selections, requirements, mutations } = size;
      process.stdout.write(
        `    ${os}: ${String(pairs.length)} roles, ${String(selections)} selections, ` +
          `${String(requirements)} requirements, ${String(mutations)} mutations\n`,
      );
    });

    for (const pair of pairs)
      it(`${pair.role} fails in exactly that, and in what follows from it`, async () => {
        const facts = await factsOf(pair);
        const verdicts = judge(pair.needs, facts);
        expect(notPassed(verdicts), 'the machine that has everything').to.deep.equal([]);

        const wrong: string[] = [];
        for (const need of pair.needs) {
          const mutations = mutates[need.requirement.kind as KindName]?.(need, { pair, facts }) ?? [];
          if (mutations.length === 0) wrong.push(`${need.requirement.id}: the matrix has no mutation of it`);
          for (const mutation of mutations)
            wrong.push(...unexpected(need, mutation, { pair, facts }, verdicts));
          size.mutations += mutations.length;
        }
        size.requirements += pair.needs.length;
        size.selections += pair.selections.length;
        expect(wrong).to.deep.equal([]);
      });
  });
}

async function factsOf(pair: Pair): Promise<Ground['facts']> {
  const machine = await idealMachine(pair);
  try {
    return await readFacts(machine, pair.needs);
  } finally {
    machine.switchOff();
  }
}

function notPassed(verdicts: ReadonlyMap<Need, Judged>): string[] {
  return [...verdicts.values()]
    .filter(({ verdict }) => verdict.verdict !== 'pass')
    .map(({ verdict: { verdict, id, actual, cause } }) => `${verdict} ${id}: ${actual ?? cause ?? ''}`);
}

/** Requirements whose verdict is another than was foretold, a line each. */
function unexpected(
  need: Need,
  mutation: Mutation,
  { pair, facts }: Ground,
  before: ReadonlyMap<Need, Judged>,
): string[] {
  const about = `${need.requirement.id}, ${mutation.what}`;
  if (mutation.outcome(need) === 'pass') return [`${about}: is foretold to change nothing`];
  const copy = new FactsCopy(facts);
  mutation.change(copy);
  const again = judgeAgain(before, copy);
  return pair.needs.flatMap((other) => {
    const expected = verdictOf(other, mutation);
    const actual = again.get(other) ?? 'pass';
    return actual === expected ? [] : [`${about}: ${other.requirement.id} is ${actual}, not ${expected}`];
  });
}

function verdictOf(need: Need, mutation: Mutation): string {
  const outcome = mutation.outcome(need);
  const { source, confirmedBy = source } = need.requirement;
  const isUnverified = confirmedBy.confidence === 'unverified';
  return outcome === 'fail' && isUnverified ? 'warn' : outcome;
}
