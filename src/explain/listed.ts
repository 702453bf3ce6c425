// Every requirement of a role on one system, whatever its condition: what the sheets are made of.
import { resolveItem, type Condition, type RoleItem, type RoleModel } from '../catalog/index.js';
import { orThrow } from '../errors/index.js';
import type { OsModel, Requirement } from '../requirements/index.js';
import type { ConditionSheet } from './schemas.js';

export interface Listed {
  requirement: Requirement;
  item: RoleItem;
  /** The role that brings it. */
  layer: string;
  when: ConditionSheet | null;
}

/** Ground first; in a layer in the order of its file, those of stage `machine` last. */
export function listRequirements(role: RoleModel, os: OsModel): Listed[] {
  const seen = new Set<string>();
  return chainOf(role).flatMap((link) => {
    const listed = link.items
      .filter(({ when }) => when?.os === undefined || when.os.includes(os.id))
      .map((item) => {
        // The catalogue was checked on every system that its roles support.
        const requirement = orThrow(resolveItem({ item, role: link.name, os }));
        return { requirement, item, layer: link.name, when: conditionOf(item.when) };
      })
      .filter(({ requirement: { id }, when }) => {
        const key = JSON.stringify([id, when]);
        // A role may repeat what one above it asks for, as another document does.
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      });
    const of = (stage: string): Listed[] => listed.filter(({ requirement }) => requirement.stage === stage);
    return [...of('image'), ...of('machine')];
  });
}

/** The furthest ancestor first. */
export function chainOf(role: RoleModel): RoleModel[] {
  return role.extends === null ? [role] : [...chainOf(role.extends), role];
}

function conditionOf(when: Condition | undefined): ConditionSheet | null {
  return when?.option === undefined ? null : { option: when.option };
}
