// Features: Windows removes with one what is below it and what depends on it.
import { featureRow, removedWith, type FeatureRow } from './feature-list.js';
import { featureName, inputAs, inputOf } from './inputs.js';
import type { FactsCopy } from './facts-copy.js';
import { withValues, type Mutate, type Mutation } from './mutation.js';

/** What each of the two classes says is gone. */
interface Gone {
  /** Win32_OptionalFeature, by name. */
  names: Set<string>;
  /** Win32_ServerFeature, by number. */
  numbers: Set<number>;
}

export const mutateFeature: Mutate = (need, { pair: { os } }) => {
  const row = featureRow(os.id, featureName(inputAs(need, 'feature')));
  const all = goneOf(removedWith(os.id, row.name));
  const one = goneOf([row]);
  const outcome =
    ({ names, numbers }: Gone): Mutation['outcome'] =>
    (other) => {
      const input = inputOf(other, 'feature');
      if (input === undefined) return 'pass';
      const { dism, id } = featureRow(os.id, featureName(input));
      const says = [...(dism === null ? [] : [names.has(dism)]), ...(id === null ? [] : [numbers.has(id)])];
      if (!says.includes(true)) return 'pass';
      return says.includes(false) ? 'unknown' : 'fail';
    };
  const mutations: Mutation[] = [{ what: 'not installed', change: removal(all, 2), outcome: outcome(all) }];
  if (one.names.size > 0)
    mutations.push({
      what: 'its payload removed',
      change: (copy) => {
        removal(all, 2)(copy);
        removal({ names: one.names, numbers: new Set() }, 3)(copy);
      },
      outcome: outcome(all),
    });
  if (one.names.size > 0 && one.numbers.size > 0)
    for (const [what, gone] of [
      ['gone from Win32_OptionalFeature alone', { ...one, numbers: new Set<number>() }],
      ['gone from Win32_ServerFeature alone', { ...one, names: new Set<string>() }],
    ] as const)
      mutations.push({ what, change: removal(gone, 2), outcome: outcome(gone) });
  return mutations;
};

function goneOf(rows: readonly FeatureRow[]): Gone {
  return {
    names: new Set(rows.flatMap(({ dism }) => dism ?? [])),
    numbers: new Set(rows.flatMap(({ id }) => id ?? [])),
  };
}

/**
 * InstallState 2 is disabled, 3 without payload; the other class lists what is installed alone. A class that no feature
 * of the pair is known in was not asked for.
 */
function removal({ names, numbers }: Gone, installState: 2 | 3): (copy: FactsCopy) => void {
  return (copy) => {
    if (names.size > 0 && copy.asks('Win32_OptionalFeature'))
      copy.rows(
        'Win32_OptionalFeature',
        withValues({ InstallState: String(installState) }, ({ Name }) => names.has(String(Name))),
      );
    if (numbers.size > 0 && copy.asks('Win32_ServerFeature'))
      copy.rows('Win32_ServerFeature', (rows) => rows.filter(({ ID }) => !numbers.has(Number(ID))));
  };
}
