// From a role to its requirements on one operating system: the chain of roles, conditions, each item resolved by its
// kind, what contradicts, and the order in which a layer installs.
import {
  chainOf,
  isFor,
  resolveItem,
  type OptionValues,
  type RoleItem,
  type RoleModel,
} from '../catalog/index.js';
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import { kindOf, type OsModel, type Requirement, type Source } from '../requirements/index.js';
import { canonicalJson } from '../util/index.js';
import type { KindLookup } from './kinds.js';
import { resolveOptions } from './options.js';
import { orderLayer } from './order.js';

/** A requirement and the item that it was made from, whose position an error points at. */
export interface Selected {
  requirement: Requirement;
  item: RoleItem;
}

export interface SelectedRole {
  role: RoleModel;
  /** In the order in which they are installed; those of stage `machine` last. */
  requirements: Requirement[];
}

export interface Selection {
  /** Every option of the role, defaults filled in. */
  options: OptionValues;
  /** The furthest ancestor first, the role itself last. */
  chain: SelectedRole[];
}

export interface SelectOptions {
  role: RoleModel;
  os: OsModel;
  /** As given by the user: unknown names and wrong values are problems. */
  options: OptionValues;
  /** What the workspace's parameters ask for: in the first layer, whatever the role. */
  items?: readonly RoleItem[];
  kinds?: KindLookup;
}

/** All problems at once: each with the place in the role file. */
export function selectRequirements({
  role,
  os,
  options,
  items = [],
  kinds = kindOf,
}: SelectOptions): Checked<Selection> {
  if (!role.supports.includes(os.id)) {
    const facts = { role: role.name, os: os.id, supports: role.supports };
    return problems([fail('E_ROLE_OS', facts, { where: role.where })]);
  }
  const values = resolveOptions(role, options);
  if (!values.ok) return values;

  const found: LyncimgError[] = [];
  const resolved = (list: readonly RoleItem[], by: string): Selected[] =>
    list
      .filter((item) => applies(item, os, values.value))
      .flatMap((item) => {
        const one = resolveItem({ item, role: by, os, kinds });
        if (one.ok) return [{ requirement: { ...one.value, source: sourceOf(item) }, item }];
        found.push(...one.problems);
        return [];
      })
      // The text of an item decides which of two that mean the same is kept, never its place in the list.
      .sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  const links = chainOf(role);
  const decisions = resolved(items, links[0]?.name ?? role.name);
  const decided = new Set(decisions.map(({ requirement }) => requirement.id));
  const byId = new Map<string, Selected>();
  const chain = links.map((link, index) => {
    // What the workspace decides stands in place of what a role says of the same thing.
    const asked = resolved(link.items, link.name).filter(({ requirement }) => !decided.has(requirement.id));
    const selected: Selected[] = [];
    for (const one of index === 0 ? [...decisions, ...asked] : asked) {
      const other = byId.get(one.requirement.id);
      if (other === undefined) {
        byId.set(one.requirement.id, one);
        selected.push(one);
      } else if (!sameNeed(one.requirement, other.requirement)) found.push(conflict(one, other));
      else other.requirement = confirmed(other.requirement, one.requirement.source);
    }
    return { role: link, selected };
  });
  if (found.length > 0) return problems(found);
  return order(values.value, chain, kinds);
}

function order(
  options: OptionValues,
  chain: { role: RoleModel; selected: Selected[] }[],
  kinds: KindLookup,
): Checked<Selection> {
  const layerOf = new Map<string, number>();
  for (const [index, { selected }] of chain.entries()) {
    for (const { requirement } of selected) layerOf.set(requirement.id, index);
  }
  const found: LyncimgError[] = [];
  const ordered: SelectedRole[] = [];
  for (const [index, { role, selected }] of chain.entries()) {
    for (const { requirement, item } of selected) {
      for (const after of kinds(requirement.kind)?.after?.(requirement.spec) ?? []) {
        const later = layerOf.get(after) ?? index;
        const laterRole = chain[later]?.role.name ?? role.name;
        if (later > index) {
          const facts = { id: requirement.id, role: role.name, after, laterRole };
          found.push(fail('E_REQUIREMENT_ORDER', facts, { where: item.where }));
        }
      }
    }
    const layer = orderLayer(
      selected.map(({ requirement }) => requirement),
      kinds,
    );
    if (layer.cycle.length > 0) {
      const where = selected.find(({ requirement }) => requirement.id === layer.cycle[0])?.item.where;
      found.push(fail('E_REQUIREMENT_CYCLE', { role: role.name, ids: layer.cycle }, { where }));
    }
    ordered.push({ role, requirements: layer.ordered });
  }
  return found.length > 0 ? problems(found) : ok({ options, chain: ordered });
}

function applies(item: RoleItem, os: OsModel, options: OptionValues): boolean {
  const wanted = Object.entries(item.when?.option ?? {});
  return isFor(item, os.id) && wanted.every(([name, value]) => options[name] === value);
}

/** With its keys in one order: a plan is compared byte for byte. */
function sourceOf({ source: { id, title, publisher, page, date, confidence } }: RoleItem): Source {
  return { ...(id !== undefined && { id }), title, publisher, page, date, confidence };
}

/** Another source or place does not make another need. */
function sameNeed(a: Requirement, b: Requirement): boolean {
  return canonicalJson([a.spec, a.stage]) === canonicalJson([b.spec, b.stage]);
}

/** The source itself stays: it is part of what a layer is, whatever stands on that layer. */
function confirmed(requirement: Requirement, by: Source): Requirement {
  const isDoubtful = (requirement.confirmedBy ?? requirement.source).confidence === 'unverified';
  return isDoubtful && by.confidence !== 'unverified' ? { ...requirement, confirmedBy: by } : requirement;
}

function textOf({ requirement, item }: Selected): string {
  return canonicalJson([requirement.id, requirement.spec, requirement.stage, item.source, requirement.where]);
}

function conflict(one: Selected, other: Selected): LyncimgError {
  const { id, title } = one.requirement;
  const facts = { id, title, other: other.requirement.title, role: other.requirement.role };
  const related = { where: other.item.where, text: 'the other one' };
  return fail('E_REQUIREMENT_CONFLICT', facts, { where: one.item.where, related });
}
