// Every requirement of a role on one system, whatever its condition: what the sheets are made of.
import {
  chainOf,
  isFor,
  resolveItem,
  type Condition,
  type RoleItem,
  type RoleModel,
} from '../catalog/index.js';
import { orThrow } from '../errors/index.js';
import type { OsModel, Requirement } from '../requirements/index.js';
import { canonicalJson } from '../util/index.js';
import type { ConditionSheet } from './schemas.js';

export interface Listed {
  requirement: Requirement;
  /** The one that brings it first, then those that repeat it on another document's word. */
  items: [RoleItem, ...RoleItem[]];
  /** The role that brings it. */
  layer: string;
  when: ConditionSheet | null;
}

/** Ground first; in a layer in the order of its file, those of stage `machine` last. */
export function listRequirements(role: RoleModel, os: OsModel): Listed[] {
  const seen = new Map<string, Listed>();
  return chainOf(role).flatMap((link) => {
    const listed = link.items
      .filter((item) => isFor(item, os.id))
      .flatMap((item): Listed[] => {
        // The catalogue was checked on every system that its roles support.
        const requirement = orThrow(resolveItem({ item, role: link.name, os }));
        const when = conditionOf(item.when);
        const key = canonicalJson([requirement.id, when]);
        const before = seen.get(key);
        if (before !== undefined) {
          before.items.push(item);
          return [];
        }
        const one: Listed = { requirement, items: [item], layer: link.name, when };
        seen.set(key, one);
        return [one];
      });
    const of = (stage: string): Listed[] => listed.filter(({ requirement }) => requirement.stage === stage);
    return [...of('image'), ...of('machine')];
  });
}

function conditionOf(when: Condition | undefined): ConditionSheet | null {
  return when?.option === undefined ? null : { option: when.option };
}
