// Settings of Windows that no other kind covers; each is a file of the folder setting/.
import { z } from 'zod';
import type { Kind, Requirement } from './kind.js';
import { settings } from './setting/index.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask } from './task.js';

const names = [...settings.keys()].join(', ');

const schema = z
  .strictObject(
    Object.fromEntries([...settings].map(([name, { schema: own }]) => [name, own.optional()])) as Record<
      string,
      z.ZodOptional
    >,
  )
  .refine((input) => Object.values(input).filter((value) => value !== undefined).length === 1, {
    error: `A setting is exactly one of ${names}.`,
  })
  .meta({ minProperties: 1, maxProperties: 1 });

export type SettingInput = z.infer<typeof schema>;

export interface SettingSpec {
  /** Its name in a role, e.g. `powerPlan`. */
  setting: string;
  value: unknown;
}

export const setting: Kind<SettingInput, SettingSpec> = {
  name: 'setting',
  summary: `A setting of Windows: ${names}.`,
  example: '- setting: { powerPlan: high-performance }\n  source: C-OPD\n',
  stage: 'image',
  phase: 50,
  schema,

  resolve(input) {
    const [name = '', value] = Object.entries(input).find(([, given]) => given !== undefined) ?? [];
    const own = settingOf(name);
    const problem = own.problem?.(value);
    if (problem !== undefined)
      return { ok: false, problems: [{ path: [name], reason: 'invalid', ...problem }] };
    return { ok: true, spec: { setting: name, value: own.canonical?.(value) ?? value } };
  },

  id: (spec) => `setting/${settingOf(spec.setting).id}`,
  title: (spec) => settingOf(spec.setting).title(spec.value),
  tasks: (requirements) => requirements.filter(({ stage }) => stage === 'image').flatMap(tasksOf),
  applyTasks: (requirements) => requirements.flatMap(tasksOf),
  facts: (spec) => settingOf(spec.setting).facts(spec.value),
  judge: (spec, facts) => settingOf(spec.setting).judge(spec.value, facts),
};

function tasksOf(requirement: Requirement<SettingSpec>): AnsibleTask[] {
  const { setting: name, value } = requirement.spec;
  return settingOf(name).tasks(value, sourceLines(requirement));
}

/** The schema lets no other name through. */
function settingOf(name: string): NonNullable<ReturnType<typeof settings.get>> {
  const found = settings.get(name);
  if (found === undefined) throw new Error(`there is no setting ${name}`);
  return found;
}
