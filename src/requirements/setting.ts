// Settings of Windows that are more than one registry value: power plan, time zone, and that no restart is pending.
import { z } from 'zod';
import { unreachable } from '../util/index.js';
import type { CimQuery, FactQuery, Facts, RegistryQuery } from './facts.js';
import type { Judgement, Kind, Requirement } from './kind.js';
import { restartTask } from './restart.js';
import { booleanOf, textOf } from './rows.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask } from './task.js';

/** By GUID, because Windows translates the names. The same three on every Windows since Vista. */
const powerPlans = {
  'high-performance': { guid: '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c', title: 'High performance' },
  balanced: { guid: '381b4222-f694-41f0-9685-ff5bb260df2e', title: 'Balanced' },
  'power-saver': { guid: 'a1841308-3541-4fab-bc81-f71556f20b4a', title: 'Power saver' },
} as const;
type PlanName = keyof typeof powerPlans;

const schema = z
  .strictObject({
    powerPlan: z
      .enum(Object.keys(powerPlans) as [PlanName, ...PlanName[]])
      .optional()
      .meta({ description: 'The active power plan.' }),
    timeZone: z
      .string()
      .regex(
        /^[A-Za-z][\w .()+-]*$/,
        'A time zone is named as tzutil /l lists it, e.g. W. Europe Standard Time.',
      )
      .refine((zone) => !zone.endsWith('_dstoff'), 'Daylight saving cannot be switched off here.')
      .optional()
      .meta({ description: 'Name as `tzutil /l` lists it.' }),
    pendingRestart: z.literal(false).optional().meta({ description: 'No restart may be pending.' }),
  })
  .refine((input) => Object.values(input).filter((value) => value !== undefined).length === 1, {
    error: 'A setting is exactly one of powerPlan, timeZone, pendingRestart.',
  })
  .meta({ minProperties: 1, maxProperties: 1 });

export type SettingInput = z.infer<typeof schema>;

export type SettingSpec =
  | { setting: 'powerPlan'; plan: PlanName }
  | { setting: 'timeZone'; zone: string }
  | { setting: 'pendingRestart' };

const plansQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2/power',
  className: 'Win32_PowerPlan',
  properties: ['InstanceID', 'IsActive'],
};
/** TimeZoneKeyName, because Win32_TimeZone gives translated names alone. */
const zoneQuery: RegistryQuery = {
  kind: 'registry',
  hive: 'HKLM',
  key: 'SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation',
  value: { name: 'TimeZoneKeyName', type: 'string' },
};
/** Keys that exist while a restart is pending; there is no CIM class for it. */
const pendingQueries: { query: RegistryQuery; what: string }[] = [
  {
    query: {
      kind: 'registry',
      hive: 'HKLM',
      key: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending',
    },
    what: 'servicing',
  },
  {
    query: {
      kind: 'registry',
      hive: 'HKLM',
      key: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired',
    },
    what: 'Windows Update',
  },
];

export const setting: Kind<SettingInput, SettingSpec> = {
  name: 'setting',
  summary: 'A setting of Windows: the active power plan, the time zone, or that no restart is pending.',
  example: '- setting: { powerPlan: high-performance }\n  source: C-OPD\n',
  stage: 'image',
  // After everything that may ask for a restart.
  phase: 50,
  schema,

  resolve(input) {
    if (input.powerPlan !== undefined)
      return { ok: true, spec: { setting: 'powerPlan', plan: input.powerPlan } };
    if (input.timeZone !== undefined)
      return { ok: true, spec: { setting: 'timeZone', zone: input.timeZone } };
    return { ok: true, spec: { setting: 'pendingRestart' } };
  },

  id: (spec) =>
    `setting/${{ powerPlan: 'power-plan', timeZone: 'time-zone', pendingRestart: 'pending-restart' }[spec.setting]}`,
  title,
  tasks(requirements) {
    const wanted = requirements.filter(({ stage }) => stage === 'image');
    // The restart goes last, so that it also serves what the other settings may have asked for.
    const isRestart = ({ spec }: Requirement<SettingSpec>): boolean => spec.setting === 'pendingRestart';
    return [...wanted.filter((one) => !isRestart(one)), ...wanted.filter(isRestart)].flatMap(tasksOf);
  },
  facts,
  judge,
};

function title(spec: SettingSpec): string {
  switch (spec.setting) {
    case 'powerPlan':
      return `Power plan ${powerPlans[spec.plan].title}`;
    case 'timeZone':
      return `Time zone ${spec.zone}`;
    case 'pendingRestart':
      return 'No restart pending';
    default:
      return unreachable(spec);
  }
}

function tasksOf(requirement: Requirement<SettingSpec>): AnsibleTask[] {
  const { spec } = requirement;
  const comments = sourceLines(requirement);
  switch (spec.setting) {
    case 'powerPlan': {
      const { guid, title: planTitle } = powerPlans[spec.plan];
      const name = `Activate the power plan ${planTitle}`;
      return [{ name, comments, module: 'community.windows.win_power_plan', args: { guid } }];
    }
    case 'timeZone': {
      const name = `Set the time zone ${spec.zone}`;
      return [{ name, comments, module: 'community.windows.win_timezone', args: { timezone: spec.zone } }];
    }
    case 'pendingRestart':
      return restartIfPending(comments);
    default:
      return unreachable(spec);
  }
}

/**
 * The facts module asks for a pending restart in the same places as servicing and Server Manager keep it. What Windows
 * Update alone waits for it does not see; an image has none, since nothing here installs through Windows Update.
 */
function restartIfPending(comments: string[]): AnsibleTask[] {
  return [
    {
      name: 'Ask whether a restart is pending',
      comments,
      module: 'ansible.windows.setup',
      args: { gather_subset: ['!all', '!min', 'platform'] },
      register: 'lyncimg_platform',
    },
    restartTask('Restart where one is pending', 'lyncimg_platform.ansible_facts.ansible_reboot_pending'),
  ];
}

function facts(spec: SettingSpec): FactQuery[] {
  switch (spec.setting) {
    case 'powerPlan':
      return [plansQuery];
    case 'timeZone':
      return [zoneQuery];
    case 'pendingRestart':
      return pendingQueries.map(({ query }) => query);
    default:
      return unreachable(spec);
  }
}

function judge(spec: SettingSpec, known: Facts): Judgement {
  switch (spec.setting) {
    case 'powerPlan':
      return judgePlan(spec.plan, known);
    case 'timeZone':
      return judgeZone(spec.zone, known);
    case 'pendingRestart':
      return judgePending(known);
    default:
      return unreachable(spec);
  }
}

function judgePlan(plan: PlanName, known: Facts): Judgement {
  const { guid, title: expected } = powerPlans[plan];
  const answer = known.cim(plansQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const active = answer.value.find((row) => booleanOf(row, 'IsActive') === true);
  // Some virtual machines list no plans at all, and the class needs the Power service.
  if (active === undefined)
    return { verdict: 'unknown', expected, cause: 'Windows lists no active power plan' };
  const id = textOf(active, 'InstanceID').toLowerCase();
  if (id.includes(guid)) return { verdict: 'pass', expected, actual: expected };
  const other = Object.values(powerPlans).find((candidate) => id.includes(candidate.guid));
  return { verdict: 'fail', expected, actual: other?.title ?? id, fix: `powercfg /setactive ${guid}` };
}

function judgeZone(expected: string, known: Facts): Judgement {
  const answer = known.registry(zoneQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const data = answer.value.exists && 'data' in answer.value ? answer.value.data : undefined;
  if (typeof data !== 'string')
    return { verdict: 'unknown', expected, cause: 'the registry does not name the time zone' };
  // Windows pads the value with what was in memory behind its end.
  const actual = data.split('\0')[0] ?? '';
  return actual === expected
    ? { verdict: 'pass', expected, actual }
    : { verdict: 'fail', expected, actual, fix: `tzutil /s "${expected}"` };
}

function judgePending(known: Facts): Judgement {
  const expected = 'no restart pending';
  const waiting: string[] = [];
  const causes: string[] = [];
  for (const { query, what } of pendingQueries) {
    const answer = known.registry(query);
    if (!answer.known) causes.push(answer.cause);
    else if (answer.value.exists) waiting.push(what);
  }
  if (waiting.length > 0)
    return {
      verdict: 'fail',
      expected,
      actual: `pending: ${waiting.join(', ')}`,
      fix: 'Restart the machine.',
    };
  const [cause] = causes;
  if (cause !== undefined) return { verdict: 'unknown', expected, cause };
  return { verdict: 'pass', expected, actual: expected };
}
