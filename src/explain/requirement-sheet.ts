// Who needs one requirement, since which layer, on whose word, and what is known of it.
import type { Catalog } from '../catalog/index.js';
import { fail } from '../errors/index.js';
import type { OsId } from '../requirements/index.js';
import { canonicalJson, distinct, nearest } from '../util/index.js';
import { listRequirements, type Listed } from './listed.js';
import { onceById } from './role-sheet.js';
import type { RequirementSheet, SourceSheet } from './schemas.js';

interface Found extends Listed {
  role: string;
  os: OsId;
}

/**
 * By its id, or by the part of it that no other has (`Web-Server`, `kb2919355`), without regard to case.
 * Throws E_REQUIREMENT_UNKNOWN.
 */
export function findRequirement(catalog: Catalog, wanted: string): RequirementSheet {
  const all = everything(catalog);
  const ids = [...new Set(all.map(({ requirement }) => requirement.id))].sort();
  const text = wanted.toLowerCase();
  const exact = ids.filter((id) => id.toLowerCase() === text);
  const byName = ids.filter((id) => id.toLowerCase().slice(id.indexOf('/') + 1) === text);
  const [id, ...others] = exact.length > 0 ? exact : byName;
  if (id === undefined || others.length > 0) {
    const near = others.length > 0 ? byName : nearest(wanted, [...ids, ...ids.map(shortName)]);
    throw fail('E_REQUIREMENT_UNKNOWN', { requirement: wanted, near });
  }
  return sheetOf(all.filter(({ requirement }) => requirement.id === id));
}

function everything(catalog: Catalog): Found[] {
  return catalog.roles().flatMap((role) =>
    catalog
      .systems()
      .filter(({ id }) => role.supports.includes(id))
      .flatMap((os) => listRequirements(role, os).map((one) => ({ ...one, role: role.name, os: os.id }))),
  );
}

function shortName(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function sheetOf(found: readonly Found[]): RequirementSheet {
  const [first] = found;
  if (first === undefined) throw new Error('a requirement that is listed nowhere');
  const items = [...new Set(found.flatMap((one) => one.items))];
  const { id, kind, title, stage } = first.requirement;
  const titles = new Set(found.map(({ requirement }) => requirement.title));
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'RequirementSheet',
    id,
    requirementKind: kind,
    // Where roles want different things of it, each row says which.
    title: titles.size === 1 ? title : id,
    stage,
    neededBy: neededBy(found),
    sources: distinct(items.flatMap(({ source, also }): SourceSheet[] => [source, ...also])),
    breaks: distinct(items.flatMap(({ breaks }) => breaks ?? [])),
    notes: distinct(items.flatMap(({ annotations }) => annotations.notes)),
    pitfalls: onceById(items.flatMap(({ annotations }) => annotations.pitfalls)),
    conflicts: onceById(items.flatMap(({ annotations }) => annotations.conflicts)),
  };
}

/** One row a role, layer and condition, with the systems on which it holds. */
function neededBy(found: readonly Found[]): RequirementSheet['neededBy'] {
  const rows = new Map<string, RequirementSheet['neededBy'][number]>();
  for (const { role, os, layer, when, requirement } of found) {
    const { title } = requirement;
    const key = canonicalJson([role, layer, when, title]);
    const row = rows.get(key) ?? { role, os: [], layer, title, when };
    if (!row.os.includes(os)) row.os.push(os);
    rows.set(key, row);
  }
  return [...rows.values()];
}
