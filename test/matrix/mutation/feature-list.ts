// catalog/features/*.json, read as JSON by the test: what Windows installs and removes together.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../helpers/modelled-machine.js';

export interface FeatureRow {
  name: string;
  parent: string | null;
  dependsOn: string[];
  dism: string | null;
  id: number | null;
}

const lists = new Map<string, FeatureRow[]>();

function featuresOf(os: string): FeatureRow[] {
  const known = lists.get(os);
  if (known !== undefined) return known;
  const text = readFileSync(join(packageRoot, 'catalog', 'features', `${os}.json`), 'utf8');
  const read = JSON.parse(text) as FeatureRow[];
  lists.set(os, read);
  return read;
}

export function featureRow(os: string, name: string): FeatureRow {
  const found = featuresOf(os).find((row) => isSame(row.name, name));
  if (found === undefined) throw new Error(`${os} has no feature ${name}`);
  return found;
}

/** What is installed with a feature: itself, its parents, and what any of them depends on. */
export function installedWith(os: string, name: string): FeatureRow[] {
  return closure(featureRow(os, name), ({ parent, dependsOn }) =>
    [...dependsOn, ...(parent === null ? [] : [parent])].map((needed) => featureRow(os, needed)),
  );
}

/** What is removed with a feature: itself, what is below it, and what depends on any of them. */
export function removedWith(os: string, name: string): FeatureRow[] {
  return closure(featureRow(os, name), (row) =>
    featuresOf(os).filter(
      ({ parent, dependsOn }) =>
        (parent !== null && isSame(parent, row.name)) || dependsOn.some((needed) => isSame(needed, row.name)),
    ),
  );
}

function closure(start: FeatureRow, next: (row: FeatureRow) => FeatureRow[]): FeatureRow[] {
  const found = new Set([start]);
  // A set is walked over what is added on the way.
  for (const row of found) for (const one of next(row)) found.add(one);
  return [...found];
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
