// One operating system: its file, and the list of features that it names.
import { join } from 'node:path';
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import type { FeatureEntry } from '../requirements/index.js';
import { readAnnotations, type References } from './annotations.js';
import { featureCatalogue } from './feature-catalogue.js';
import type { CatalogOs } from './model.js';
import { parseOsId, unknownOs } from './os-id.js';
import { readText } from './read-text.js';
import { readYaml } from './read-yaml.js';
import { featuresFileSchema } from './schemas/features.js';
import { osFileSchema } from './schemas/os.js';

export async function readOs(options: {
  catalogFolder: string;
  path: string;
  name: string;
  references: References;
}): Promise<Checked<Omit<CatalogOs, 'packages'>>> {
  const { catalogFolder, path, name, references } = options;
  const read = await readYaml(path, name, osFileSchema);
  if (!read.ok) return read;
  const { file, data } = read.value;
  const id = parseOsId(data.id);
  if (id === undefined) return problems([unknownOs(data.id, file.at(['id']))]);
  const notes = readAnnotations({ file, path: [], notes: references.notes }, data);
  if (notes.problems.length > 0) return problems(notes.problems);
  const features = await readFeatures(
    join(catalogFolder, data.features.file),
    `catalog/${data.features.file}`,
  );
  if (!features.ok) return features;
  const { title, version, servicePack, powershell, dotnet, editions } = data;
  const { guestIds, virtioFolder, generation2, support, unsupported } = data;
  return ok({
    id,
    title,
    version,
    servicePack,
    powershell,
    dotnet,
    editions,
    features: featureCatalogue(features.value),
    description: { guestIds, virtioFolder, generation2, support, unsupported },
  });
}

/** JSON is YAML too, but 90 kB of it are read fifty times faster as what they are. */
async function readFeatures(path: string, name: string): Promise<Checked<FeatureEntry[]>> {
  const text = await readText(path, name);
  if (!text.ok) return text;
  const where = { file: name };
  const wrong = (at: string, message: string): LyncimgError =>
    fail('E_VALUE_INVALID', { path: at, message, hint: 'Restore the file from the package.' }, { where });
  let value: unknown;
  try {
    value = JSON.parse(text.value.text);
  } catch (error) {
    return problems([wrong('', (error as Error).message)]);
  }
  const checked = featuresFileSchema.safeParse(value);
  if (!checked.success)
    return problems(
      checked.error.issues.map((issue) => wrong(issue.path.map(String).join('.'), issue.message)),
    );
  const found = nameProblems(checked.data).map(({ at, message }) => wrong(at, message));
  if (found.length > 0) return problems(found);
  return ok(
    checked.data.map(
      ({
        name: feature,
        displayName,
        parent,
        dism,
        id,
        removedByDefault,
        installedByDefault,
        dependsOn,
      }) => ({
        name: feature,
        displayName,
        parent,
        dism,
        id,
        removedByDefault,
        installedByDefault,
        dependsOn,
      }),
    ),
  );
}

function nameProblems(entries: readonly Pick<FeatureEntry, 'name' | 'parent' | 'dependsOn'>[]): {
  at: string;
  message: string;
}[] {
  const names = new Set<string>();
  const repeated = entries.filter(({ name }) => {
    const lower = name.toLowerCase();
    if (names.has(lower)) return true;
    names.add(lower);
    return false;
  });
  return [
    ...repeated.map(({ name }) => ({ at: name, message: 'stands twice.' })),
    ...entries.flatMap(({ name, parent, dependsOn }) =>
      [parent, ...dependsOn]
        .filter((needed) => needed !== null && !names.has(needed.toLowerCase()))
        .map((needed) => ({ at: name, message: `needs ${String(needed)}, which is not in the list.` })),
    ),
  ];
}
