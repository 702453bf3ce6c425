// Several roles on one machine: the first role's layers, then one layer with what the others add.
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import { chainOf } from './chain.js';
import type { RoleItem, RoleModel } from './model.js';

/** What stands between the names of roles that share a machine, in names of layers and images. */
const separator = '-with-';

/**
 * One role that asks for what all of them ask for, named `a-with-b`: the same in whatever order they are given. It stands
 * on the layers of the role that has most of them. Refused where no document lets two of them share a machine.
 */
export function collocate(given: readonly RoleModel[]): Checked<RoleModel> {
  const roles = [...given].sort(
    (a, b) => chainOf(b).length - chainOf(a).length || (a.name < b.name ? -1 : 1),
  );
  const [first, ...others] = roles;
  if (first === undefined) throw new Error('no role was given to collocate');
  if (others.length === 0) return ok(first);
  const found: LyncimgError[] = [];
  for (const [index, a] of roles.entries()) {
    for (const b of roles.slice(index + 1)) if (!mayShare(a, b)) found.push(refusal(a, b));
  }
  if (found.length > 0) return problems(found);
  const above = new Set(chainOf(first).map(({ name }) => name));
  const added = others.flatMap((role) => chainOf(role).filter(({ name }) => !above.has(name)));
  const items = [...new Set(added)].flatMap((role): RoleItem[] => role.items);
  return ok({
    ...first,
    name: roles.map(({ name }) => name).join(separator),
    title: roles.map(({ title }) => title).join(' with '),
    description: roles.map(({ description }) => description).join('\n'),
    extends: first,
    supports: first.supports.filter((os) => others.every((role) => role.supports.includes(os))),
    abstract: false,
    options: Object.assign(
      {},
      ...[...others].reverse().map(({ options }) => options),
      first.options,
    ) as RoleModel['options'],
    items,
  });
}

/** Either role's document may be the one that says so. */
function mayShare(a: RoleModel, b: RoleModel): boolean {
  return allowedBy(a, b) || allowedBy(b, a);
}

/** A role of one's own stands where the role that it extends may stand, unless it says something else itself. */
function allowedBy(a: RoleModel, b: RoleModel): boolean {
  return chainOf(b)
    .filter(({ collocates }) => collocates === b.collocates)
    .some(({ name }) => a.collocates?.with.includes(name) === true);
}

function refusal(a: RoleModel, b: RoleModel): LyncimgError {
  const rule = a.collocates ?? b.collocates;
  const facts = {
    roles: [a.name, b.name] as [string, string],
    allowed: a.collocates?.with ?? [],
    source: rule?.source.title ?? null,
  };
  return fail('E_ROLE_COLLOCATION', facts, { where: a.where });
}
