// What one role needs on one system, and on whose word.
import { chainOf, type OptionModel, type RoleModel } from '../catalog/index.js';
import type { OsModel } from '../requirements/index.js';
import { listRequirements } from './listed.js';
import { summaryOf } from './role-list.js';
import type { RoleSheet } from './schemas.js';

/** The role supports the system. */
export function roleSheet(role: RoleModel, os: OsModel): RoleSheet {
  const listed = listRequirements(role, os);
  const chain = chainOf(role);
  const annotations = [
    ...chain.map((link) => ({ requirement: null, ...link.annotations })),
    ...listed.flatMap(({ requirement, items }) =>
      items.map((item) => ({ requirement: requirement.id, ...item.annotations })),
    ),
  ];
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'RoleSheet',
    role: {
      ...summaryOf(role),
      description: role.description,
      elsewhere: role.elsewhere,
      collocationSource: role.collocates?.source ?? null,
      layers: chain.map(({ name }) => name),
    },
    os: { id: os.id, title: os.title, version: os.version },
    options: Object.entries(role.options).map(([name, option]) => ({ name, ...optionOf(option) })),
    requirements: listed.map(({ requirement, layer, when, items: [item] }) => ({
      id: requirement.id,
      kind: requirement.kind,
      name: nameOf(requirement.id),
      title: requirement.title,
      stage: requirement.stage,
      layer,
      source: item.source,
      when,
    })),
    notes: annotations.flatMap(({ requirement, notes }) => notes.map((text) => ({ requirement, text }))),
    breaks: listed.flatMap(({ requirement, items }) =>
      items.flatMap(({ breaks }) => (breaks === null ? [] : [{ requirement: requirement.id, text: breaks }])),
    ),
    pitfalls: onceById(annotations.flatMap(({ pitfalls }) => pitfalls)),
    conflicts: onceById(annotations.flatMap(({ conflicts }) => conflicts)),
  };
}

/** `feature/Web-Server` → `Web-Server` */
function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function optionOf(option: OptionModel): Omit<RoleSheet['options'][number], 'name'> {
  const { type, default: value, description } = option;
  return { type, ...(option.type === 'enum' && { values: option.values }), default: value, description };
}

export function onceById<T extends { id: string }>(list: readonly T[]): T[] {
  return [...new Map(list.map((one) => [one.id, one])).values()];
}
