// Roles are linked to their parents: names resolved, rings found, systems and options inherited.
import type { LyncimgError } from '../errors/index.js';
import { fail } from '../errors/index.js';
import { nearest } from '../util/index.js';
import type { OptionModel, RoleModel } from './model.js';
import type { ParsedRole } from './role-file.js';
import type { ParsedItem } from './role-item.js';

/** A role with its parents, whose items still know their places. */
export interface LinkedRole extends RoleModel {
  extends: LinkedRole | null;
  items: ParsedItem[];
}

export interface Links {
  /** Parents before children. */
  roles: LinkedRole[];
  problems: LyncimgError[];
}

/** `broken` names roles whose files are too wrong to be linked, which was reported already. */
export function linkRoles(parsed: readonly ParsedRole[], broken: ReadonlySet<string>): Links {
  const found: LyncimgError[] = [];
  const byName = new Map<string, ParsedRole>();
  for (const role of parsed) {
    const other = byName.get(role.name);
    if (other === undefined) byName.set(role.name, role);
    else
      found.push(
        fail(
          'E_ROLE_DUPLICATE',
          { role: role.name },
          { where: role.where, related: { where: other.where, text: 'The other one stands here.' } },
        ),
      );
  }
  const linked = new Map<string, LinkedRole | null>();
  for (const role of byName.values()) link({ role, byName, broken, linked, found, above: [] });
  return { roles: [...linked.values()].filter((role) => role !== null), problems: found };
}

interface Linking {
  role: ParsedRole;
  byName: ReadonlyMap<string, ParsedRole>;
  broken: ReadonlySet<string>;
  linked: Map<string, LinkedRole | null>;
  found: LyncimgError[];
  /** The roles that led here, by extends. */
  above: string[];
}

/** Null where the role or one above it cannot be linked; that was reported once, where it stands. */
function link(linking: Linking): LinkedRole | null {
  const { role, linked, found } = linking;
  const done = linked.get(role.name);
  if (done !== undefined) return done;
  let result: LinkedRole | null;
  if (role.extends === null) result = join(role, null, found);
  else {
    const parent = parentOf(linking, role.extends);
    result = parent === null ? null : join(role, parent, found);
  }
  linked.set(role.name, result);
  return result;
}

function parentOf(linking: Linking, name: string): LinkedRole | null {
  const { role, byName, broken, found, above } = linking;
  const where = role.file.at(['extends']);
  const chain = [...above, role.name];
  if (chain.includes(name)) {
    found.push(fail('E_ROLE_CYCLE', { chain: [...chain.slice(chain.indexOf(name)), name] }, { where }));
    return null;
  }
  const parent = byName.get(name);
  if (parent !== undefined) return link({ ...linking, role: parent, above: chain });
  if (!broken.has(name))
    found.push(fail('E_ROLE_UNKNOWN', { role: name, near: nearest(name, byName.keys()) }, { where }));
  return null;
}

function join(role: ParsedRole, parent: LinkedRole | null, found: LyncimgError[]): LinkedRole {
  const { name, title, description, items, where } = role;
  const supports = role.supports ?? parent?.supports ?? [];
  if (parent !== null && role.supports !== null) {
    for (const [index, os] of role.supports.entries()) {
      if (parent.supports.includes(os)) continue;
      const facts = { role: name, parent: parent.name, os, supported: parent.supports };
      found.push(fail('E_ROLE_OS_PARENT', facts, { where: role.file.at(['supports', index]) }));
    }
  }
  const options = inheritOptions(role, parent, found);
  for (const item of items) found.push(...optionProblems({ role, item, options }));
  return { name, title, description, extends: parent, supports, options, items, where };
}

/** A child may give an inherited option another default; it stays the same option. */
function inheritOptions(
  role: ParsedRole,
  parent: LinkedRole | null,
  found: LyncimgError[],
): Record<string, OptionModel> {
  const inherited = parent?.options ?? {};
  for (const [option, own] of Object.entries(role.options)) {
    const above = inherited[option];
    if (above === undefined || sameOption(above, own)) continue;
    const message = `a role above ${role.name} declares it as ${describe(above)}.`;
    found.push(fail('E_OPTION_INVALID', { option, message }, { where: role.file.at(['options', option]) }));
  }
  return { ...inherited, ...role.options };
}

function sameOption(a: OptionModel, b: OptionModel): boolean {
  return describe(a) === describe(b);
}

function describe(option: OptionModel): string {
  return option.type === 'enum' ? `one of ${[...option.values].sort().join(', ')}` : option.type;
}

function optionProblems(options: {
  role: ParsedRole;
  item: ParsedItem;
  options: Record<string, OptionModel>;
}): LyncimgError[] {
  const { role, item, options: declared } = options;
  return Object.entries(item.when?.option ?? {}).flatMap(([option, value]) => {
    const where = item.atCondition(option);
    const model = declared[option];
    if (model === undefined) {
      const known = Object.keys(declared);
      return [
        fail('E_OPTION_UNKNOWN', { option, role: role.name, near: nearest(option, known), known }, { where }),
      ];
    }
    if (accepts(model, value)) return [];
    const message = `it takes ${expectedValue(model)}, not ${String(value)}.`;
    return [fail('E_OPTION_INVALID', { option, message }, { where })];
  });
}

function accepts(model: OptionModel, value: string | boolean): boolean {
  if (model.type === 'boolean') return typeof value === 'boolean';
  return typeof value === 'string' && (model.type === 'string' || model.values.includes(value));
}

function expectedValue(model: OptionModel): string {
  if (model.type === 'boolean') return 'true or false';
  return model.type === 'string' ? 'text' : model.values.join(' or ');
}
