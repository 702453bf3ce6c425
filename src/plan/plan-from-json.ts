// A plan read back: `lyncimg verify --plan FILE` judges what a file says, and a file can say anything.
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import { kindOf } from '../requirements/index.js';
import type { KindLookup } from './kinds.js';
import { planSchema } from './schema.js';
import type { Plan } from './types.js';

/** `file` is the name under which the user knows it. All problems at once, at most twenty. */
export function planFromJson(text: string, file: string, kinds: KindLookup = kindOf): Checked<Plan> {
  const where = { file };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return problems([fail('E_PLAN_FILE', { path: '', message: (error as Error).message }, { where })]);
  }
  const parsed = planSchema.safeParse(data);
  if (!parsed.success) {
    return problems(
      parsed.error.issues
        .slice(0, 20)
        .map(({ path, message }) => fail('E_PLAN_FILE', { path: path.join('.'), message }, { where })),
    );
  }
  const plan = parsed.data as Plan;
  const found = [...strayRequirements(plan, file, kinds), ...brokenChain(plan, file)];
  return found.length > 0 ? problems(found) : ok(plan);
}

/** A spec belongs to its kind alone, so the kind is asked whether it is one of its own. */
function strayRequirements(plan: Plan, file: string, kinds: KindLookup): LyncimgError[] {
  const found: LyncimgError[] = [];
  for (const [at, layer] of plan.layers.entries()) {
    for (const [index, requirement] of layer.requirements.entries()) {
      const path = `layers.${String(at)}.requirements.${String(index)}`;
      const kind = kinds(requirement.kind);
      if (kind === undefined) {
        const message = `there is no requirement kind "${requirement.kind}"`;
        found.push(fail('E_PLAN_FILE', { path: `${path}.kind`, message }, { where: { file } }));
      } else if (!isSpecOf(requirement.spec, requirement.id, kind)) {
        const message = `this is not what ${requirement.id} means`;
        found.push(fail('E_PLAN_FILE', { path: `${path}.spec`, message }, { where: { file } }));
      }
    }
  }
  return found.slice(0, 20);
}

function isSpecOf(spec: unknown, id: string, kind: NonNullable<ReturnType<KindLookup>>): boolean {
  try {
    kind.facts(spec);
    kind.title(spec);
    return kind.id(spec) === id;
  } catch {
    // A spec of another shape: the kind's own code runs into it.
    return false;
  }
}

function brokenChain(plan: Plan, file: string): LyncimgError[] {
  const found: LyncimgError[] = [];
  for (const [at, layer] of plan.layers.entries()) {
    const below = plan.layers[at - 1]?.digest ?? null;
    if (layer.parent !== below) {
      const message = 'a layer that does not stand on the one before it';
      found.push(fail('E_PLAN_FILE', { path: `layers.${String(at)}.parent`, message }, { where: { file } }));
    }
  }
  if (plan.layers.at(-1)?.name !== plan.role) {
    const message = `the last layer is not the role ${plan.role}`;
    found.push(fail('E_PLAN_FILE', { path: 'role', message }, { where: { file } }));
  }
  return found;
}
