// One item of a role, resolved for one operating system.
import { fail, formatWhere, ok, problems, type Checked, type Position } from '../errors/index.js';
import {
  kindOf,
  type OsId,
  type OsModel,
  type Requirement,
  type SpecProblem,
} from '../requirements/index.js';
import type { RoleItem } from './model.js';

/** Whether an item is meant for this system at all; its other conditions are not looked at. */
export function isFor({ when }: RoleItem, os: OsId): boolean {
  return when?.os === undefined || when.os.includes(os);
}

/** What an item means on this system, or every reason why it means nothing there. Conditions are not looked at. */
export function resolveItem(options: {
  item: RoleItem;
  /** The role that declares it. */
  role: string;
  os: OsModel;
  /** Where kinds are looked up: those of the requirements, or a test's own few. */
  kinds?: typeof kindOf;
  /** Finds the place of a part of the spec; without it, problems stand at the whole item. */
  at?: (path: SpecProblem['path']) => Position;
}): Checked<Requirement> {
  const { item, role, os, kinds = kindOf, at } = options;
  const kind = kinds(item.kind);
  if (kind === undefined) throw new Error(`a role was loaded with the kind ${item.kind}, which there is not`);
  const resolved = kind.resolve(item.input, os);
  if (!resolved.ok)
    return problems(
      resolved.problems.map(({ path, message, hint, reason }) => {
        const facts = { message, os: os.id, ...(hint !== undefined && { hint }) };
        const where = at?.(path) ?? item.where;
        return fail(reason === 'unknown-feature' ? 'E_FEATURE_UNKNOWN' : 'E_REQUIREMENT_INVALID', facts, {
          where,
        });
      }),
    );
  const { spec } = resolved;
  return ok({
    id: kind.id(spec),
    kind: kind.name,
    spec,
    title: kind.title(spec),
    stage: item.stage ?? kind.stage,
    source: item.source,
    role,
    where: formatWhere(item.where),
  });
}
