// Registry values, and the settings that are registry values.
import type { RegistryAnswer } from '../../../src/requirements/index.js';
import { registryValuesOf } from './followers.js';
import { inputAs, type RegistryInput } from './inputs.js';
import { alone, sharing, type Mutate, type Mutation } from './mutation.js';
import type { Need } from './pairs.js';
import { powerPlanGuids, settingValues } from './setting-values.js';

export const mutateRegistry: Mutate = (need) => {
  const { path, name, data } = inputAs(need, 'registry');
  return valueMutations({ path, name, data });
};

export const mutateSetting: Mutate = (need) => {
  const input = inputAs(need, 'setting');
  const { powerPlan } = input;
  if (powerPlan !== undefined) return planMutations(need, powerPlan);
  return settingValues(input).flatMap(({ key, name, data }) => valueMutations({ path: key, name, data }));
};

function valueMutations({ path, name, data }: Pick<RegistryInput, 'path' | 'name' | 'data'>): Mutation[] {
  const key = path.replace(/^HKLM:?\\/, '');
  const value = `${path}\\${name}`.toLowerCase();
  const answer = (what: string, now: RegistryAnswer): Mutation => ({
    what: `${name} ${what}`,
    change: (copy) => {
      copy.value(key, name, () => now);
    },
    outcome: sharing([value], registryValuesOf),
  });
  return [
    answer('absent', { exists: false, missing: 'value' }),
    answer('has other data', { exists: true, data: String(Number(data) + 1) }),
    answer('is of another type', { exists: true, otherType: true }),
    {
      what: `the key of ${name} absent`,
      change: (copy) => {
        copy.noKey(key);
      },
      outcome: (need) =>
        registryValuesOf(need).some((each) => each.startsWith(`${path.toLowerCase()}\\`)) ? 'fail' : 'pass',
    },
  ];
}

function planMutations(need: Need, plan: string): Mutation[] {
  const activate = (wanted: string | null): Mutation['change'] => {
    const isWanted = (id: unknown): boolean => wanted !== null && String(id).includes(wanted);
    return (copy) => {
      copy.rows('Win32_PowerPlan', (rows) =>
        rows.map((row) => ({ ...row, IsActive: isWanted(row['InstanceID']) })),
      );
    };
  };
  const others = Object.entries(powerPlanGuids).filter(([name]) => name !== plan);
  return [
    ...others.map(([name, guid]) => ({
      what: `the plan ${name}`,
      change: activate(guid),
      outcome: alone(need),
    })),
    { what: 'no plan active', change: activate(null), outcome: alone(need, 'unknown') },
  ];
}
