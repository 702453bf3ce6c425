// The active power plan.
import { z } from 'zod';
import type { CimQuery } from '../facts.js';
import { booleanOf, textOf } from '../rows.js';
import type { Setting } from './setting.js';

/** By GUID, because Windows translates the names. The same three on every Windows since Vista. */
const plans = {
  'high-performance': { guid: '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c', title: 'High performance' },
  balanced: { guid: '381b4222-f694-41f0-9685-ff5bb260df2e', title: 'Balanced' },
  'power-saver': { guid: 'a1841308-3541-4fab-bc81-f71556f20b4a', title: 'Power saver' },
} as const;
type PlanName = keyof typeof plans;

const query: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2/power',
  className: 'Win32_PowerPlan',
  properties: ['InstanceID', 'IsActive'],
};

export const powerPlan: Setting<PlanName> = {
  name: 'powerPlan',
  id: 'power-plan',
  schema: z
    .enum(Object.keys(plans) as [PlanName, ...PlanName[]])
    .meta({ description: 'The active power plan.' }),
  title: (plan) => `Power plan ${plans[plan].title}`,
  tasks: (plan, comments) => [
    {
      name: `Activate the power plan ${plans[plan].title}`,
      comments,
      module: 'community.windows.win_power_plan',
      args: { guid: plans[plan].guid },
    },
  ],
  facts: () => [query],

  judge(plan, facts) {
    const { guid, title: expected } = plans[plan];
    const answer = facts.cim(query);
    if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
    const active = answer.value.find((row) => booleanOf(row, 'IsActive') === true);
    // Some virtual machines list no plans at all, and the class needs the Power service.
    if (active === undefined)
      return { verdict: 'unknown', expected, cause: 'Windows lists no active power plan' };
    const id = textOf(active, 'InstanceID').toLowerCase();
    if (id.includes(guid)) return { verdict: 'pass', expected, actual: expected };
    const other = Object.values(plans).find((candidate) => id.includes(candidate.guid));
    return { verdict: 'fail', expected, actual: other?.title ?? id, fix: `powercfg /setactive ${guid}` };
  },
};
