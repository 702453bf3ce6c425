// What a role asks for, tried on every operating system that it supports and the catalogue has: each item must mean
// something there, and no two may contradict each other.
import type { LyncimgError } from '../errors/index.js';
import { fail, formatWhere } from '../errors/index.js';
import type { OsModel, Requirement } from '../requirements/index.js';
import { canonicalJson } from '../util/index.js';
import { chainOf } from './chain.js';
import type { Condition } from './model.js';
import type { LinkedRole } from './link-roles.js';
import { isFor, resolveItem } from './resolve-item.js';
import type { ParsedItem } from './role-item.js';

interface Resolved {
  item: ParsedItem;
  requirement: Requirement;
}

/** Problems of the role's own items; those of its parents are found when the parents are checked. */
export function checkRequirements(role: LinkedRole, systems: readonly OsModel[]): LyncimgError[] {
  const supported = systems.filter(({ id }) => role.supports.includes(id));
  if (supported.length > 0 || !role.unclear.supports)
    return once(supported.map((os) => checkOn(role, os)).flat());
  // Which systems are meant is not known: only what is wrong on each of them is wrong for sure.
  const [first = [], ...rest] = systems.map((os) => checkOn(role, os));
  return once(
    first.filter((problem) => rest.every((list) => list.some((other) => keyOf(other) === keyOf(problem)))),
  );
}

/** The same mistake shows on every system; it is one mistake. */
function once(list: readonly LyncimgError[]): LyncimgError[] {
  const byKey = new Map<string, LyncimgError>();
  for (const problem of list) if (!byKey.has(keyOf(problem))) byKey.set(keyOf(problem), problem);
  return [...byKey.values()];
}

function keyOf({ code, where, related }: LyncimgError): string {
  return [
    code,
    ...[where, related?.where].map((place) => (place === undefined ? '' : formatWhere(place))),
  ].join(' ');
}

function checkOn(role: LinkedRole, os: OsModel): LyncimgError[] {
  const found: LyncimgError[] = [];
  const before = new Map<string, Resolved[]>();
  for (const member of chainOf(role)) {
    for (const item of member.items) {
      if (!isFor(item, os.id)) continue;
      const checked = resolveItem({ item, role: member.name, os, at: (path) => item.at(path) });
      if (!checked.ok) {
        if (member === role) found.push(...checked.problems);
        continue;
      }
      const requirement = checked.value;
      const same = before.get(requirement.id) ?? [];
      const other = same.find((candidate) => contradicts(candidate, { item, requirement }));
      if (other !== undefined && member === role) found.push(conflict({ item, requirement }, other));
      before.set(requirement.id, [...same, { item, requirement }]);
    }
  }
  return found;
}

function contradicts(a: Resolved, b: Resolved): boolean {
  return canHoldTogether(a.item.when, b.item.when) && content(a.requirement) !== content(b.requirement);
}

/** Two documents may ask for the same thing: the source is no part of what is asked for. */
function content({ spec, stage }: Requirement): string {
  return canonicalJson({ spec, stage });
}

function canHoldTogether(a: Condition | undefined, b: Condition | undefined): boolean {
  const other = b?.option ?? {};
  return Object.entries(a?.option ?? {}).every(
    ([option, value]) => other[option] === undefined || other[option] === value,
  );
}

function conflict(own: Resolved, other: Resolved): LyncimgError {
  const facts = {
    id: own.requirement.id,
    title: own.requirement.title,
    other: other.requirement.title,
    role: other.requirement.role,
  };
  const related = { where: other.item.where, text: 'The other one stands here.' };
  return fail('E_REQUIREMENT_CONFLICT', facts, { where: own.item.where, related });
}
