// Roles are linked to their parents: names resolved, rings found, systems and options inherited.
import type { LyncimgError } from '../errors/index.js';
import { fail } from '../errors/index.js';
import type { OsId } from '../requirements/index.js';
import { nearest } from '../util/index.js';
import type { OptionModel, RoleModel } from './model.js';
import type { ParsedRole } from './role-file.js';
import type { ParsedItem } from './role-item.js';

/** A role with its parents, whose items still know their places. */
export interface LinkedRole extends RoleModel {
  extends: LinkedRole | null;
  items: ParsedItem[];
  /** What cannot be judged, because the role or one above it is wrong there, which was reported. */
  unclear: { supports: boolean; options: ReadonlySet<string> | 'all' };
}

export interface Links {
  roles: LinkedRole[];
  problems: LyncimgError[];
}

export interface LinkOptions {
  parsed: readonly ParsedRole[];
  /** Roles whose files are too wrong to be read, which was reported already. */
  broken: ReadonlySet<string>;
  /** What a role supports that neither says so nor extends another. */
  systems: readonly OsId[];
}

/** What is wrong with one role leaves the others, and the rest of itself, to be checked. */
export function linkRoles({ parsed, broken, systems }: LinkOptions): Links {
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
  const linked = new Map<ParsedRole, LinkedRole>();
  for (const role of parsed) link({ role, byName, broken, systems, linked, found, above: [] });
  return { roles: [...linked.values()], problems: found };
}

interface Linking {
  role: ParsedRole;
  byName: ReadonlyMap<string, ParsedRole>;
  broken: ReadonlySet<string>;
  systems: readonly OsId[];
  linked: Map<ParsedRole, LinkedRole>;
  found: LyncimgError[];
  /** The roles that led here, by extends. */
  above: ParsedRole[];
}

function link(linking: Linking): LinkedRole {
  const { role, linked } = linking;
  const done = linked.get(role);
  if (done !== undefined) return done;
  const parent = role.extends === null ? null : parentOf(linking, role.extends);
  const result = join(linking, parent);
  linked.set(role, result);
  return result;
}

/** Null where there is none that this role can stand on. */
function parentOf(linking: Linking, name: string): LinkedRole | null {
  const { role, byName, broken, found } = linking;
  const where = role.file.at(['extends']);
  const above = [...linking.above, role];
  const parent = byName.get(name);
  if (parent === undefined) {
    if (broken.has(name)) return null;
    const known = [...byName.keys()].filter((other) => other !== role.name).sort();
    found.push(fail('E_ROLE_UNKNOWN', { role: name, near: nearest(name, known), known }, { where }));
    return null;
  }
  if (above.includes(parent)) {
    const ring = [...above.slice(above.indexOf(parent)), parent];
    found.push(fail('E_ROLE_CYCLE', { chain: ring.map((one) => one.name) }, { where }));
    return null;
  }
  return link({ ...linking, role: parent, above });
}

function join({ role, systems, found }: Linking, parent: LinkedRole | null): LinkedRole {
  const { name, title, description, items, where } = role;
  const orphan = role.unclear.extends || (role.extends !== null && parent === null);
  const supports = role.supports ?? parent?.supports ?? [...systems];
  if (parent !== null && !parent.unclear.supports) {
    for (const [index, os] of (role.supports ?? []).entries()) {
      if (parent.supports.includes(os)) continue;
      const facts = { role: name, parent: parent.name, os, supported: parent.supports };
      found.push(fail('E_ROLE_OS_PARENT', facts, { where: role.file.at(['supports', index]) }));
    }
  }
  const inherited = role.supports === null && (orphan || parent?.unclear.supports === true);
  const unclear = {
    supports: role.unclear.supports || inherited,
    options: orphan ? ('all' as const) : together(role.unclear.options, parent?.unclear.options),
  };
  const options = inheritOptions(role, parent, found);
  for (const item of items) found.push(...optionProblems({ role, item, options, unclear: unclear.options }));
  const { abstract, collocates, elsewhere, annotations } = role;
  return {
    name,
    title,
    description,
    extends: parent,
    supports,
    abstract,
    // A role of one's own that adds to another stands where that one may stand.
    collocates: collocates ?? parent?.collocates ?? null,
    elsewhere: elsewhere ?? parent?.elsewhere ?? null,
    annotations,
    options,
    items,
    where,
    unclear,
  };
}

function together(
  own: ReadonlySet<string> | 'all',
  above: ReadonlySet<string> | 'all' = new Set(),
): ReadonlySet<string> | 'all' {
  return own === 'all' || above === 'all' ? 'all' : new Set([...own, ...above]);
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
    const hint = 'Declare it the same way, or give this one another name.';
    found.push(
      fail('E_OPTION_INVALID', { option, message, hint }, { where: role.file.at(['options', option]) }),
    );
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
  unclear: ReadonlySet<string> | 'all';
}): LyncimgError[] {
  const { role, item, options: declared, unclear } = options;
  return Object.entries(item.when?.option ?? {}).flatMap(([option, value]) => {
    const where = item.atCondition(option);
    const model = declared[option];
    if (unclear !== 'all' && unclear.has(option)) return [];
    if (model === undefined) {
      if (unclear === 'all') return [];
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
