// catalog/features/<os>.json, read as data: the rows of Get-WindowsFeature. The twin reads it by itself, so that a
// mistake in the product's own reading cannot hide behind the same mistake here.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const featureRow = z.object({
  name: z.string().regex(/^[A-Za-z0-9][\w .-]*$/),
  displayName: z.string(),
  parent: z.string().nullable(),
  installedByDefault: z.boolean(),
  removedByDefault: z.boolean(),
  /** null: not known, modelled as no. */
  restart: z.boolean().nullable(),
  dependsOn: z.array(z.string()),
  dism: z.string().nullable(),
  id: z.number().int().nullable(),
});

export type TwinFeature = z.infer<typeof featureRow>;

export interface FeatureTable {
  /** In Server Manager order: parents before children. */
  readonly all: readonly TwinFeature[];
  /** Without regard to case. */
  find(name: string): TwinFeature | undefined;
  children(name: string): readonly TwinFeature[];
}

/** Where the catalogue of an OS lies: part of the twin's model digest too. */
export function featureFile(packageRoot: string, os: string): string {
  return join(packageRoot, 'catalog', 'features', `${os}.json`);
}

export async function loadFeatures(packageRoot: string, os: string): Promise<FeatureTable> {
  const text = await readFile(featureFile(packageRoot, os), 'utf8');
  return featureTable(JSON.parse(text));
}

/** Throws when a row is wrong: the file is ours, so that is a defect. */
export function featureTable(data: unknown): FeatureTable {
  return tableOf(z.array(featureRow).parse(data));
}

function tableOf(all: readonly TwinFeature[]): FeatureTable {
  const byName = new Map(all.map((feature) => [feature.name.toLowerCase(), feature]));
  const byParent = groupByParent(all);
  return {
    all,
    find: (name) => byName.get(name.trim().toLowerCase()),
    children: (name) => byParent.get(name.toLowerCase()) ?? [],
  };
}

/** The same without some rows: what an edition does not offer. */
export function withoutFeatures(table: FeatureTable, names: readonly string[]): FeatureTable {
  return names.length === 0 ? table : tableOf(table.all.filter(({ name }) => !names.includes(name)));
}

function groupByParent(all: readonly TwinFeature[]): Map<string, TwinFeature[]> {
  const groups = new Map<string, TwinFeature[]>();
  for (const feature of all) {
    const parent = feature.parent?.toLowerCase() ?? '';
    const siblings = groups.get(parent);
    if (siblings === undefined) groups.set(parent, [feature]);
    else siblings.push(feature);
  }
  return groups;
}
