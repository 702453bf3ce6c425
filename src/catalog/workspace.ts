// `lyncimg.yaml`: what a folder builds when nothing else is said.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { z } from 'zod';
import type { LyncimgError } from '../errors/index.js';
import { fail, ok, problems, type Checked } from '../errors/index.js';
import { bakingChoices } from './baking-choices.js';
import type { Catalog, Workspace } from './model.js';
import { parseOsId, unknownOs } from './os-id.js';
import { inOrder } from './order.js';
import { readParameters } from './parameters.js';
import { isMapping, readKeys } from './read-keys.js';
import { readText } from './read-text.js';
import { schemaProblems } from './schema-problems.js';
import { machineName } from './schemas/words.js';
import { workspaceSchema } from './schemas/workspace.js';
import { parseYaml, type YamlFile } from './yaml-file.js';

const fileName = 'lyncimg.yaml';

/** What the names in it are held against, where the caller knows them. */
export interface KnownNames {
  catalog?: Catalog;
  platforms?: PlatformSchemas;
}

/** The platforms that there are, each with the schema of its settings; this room knows none of them. */
export type PlatformSchemas = Readonly<Record<string, z.ZodType<Record<string, unknown>>>>;

/**
 * The workspace of a folder; null where the folder is none. Options are checked against a role when one is planned.
 */
export async function loadWorkspace(
  folder: string,
  known: KnownNames = {},
): Promise<Checked<Workspace | null>> {
  if (!(await isWorkspace(folder))) return ok(null);
  const path = resolve(folder, fileName);
  const text = await readText(path, fileName);
  if (!text.ok) return text;
  const parsed = parseYaml(text.value);
  if (!parsed.ok) return parsed;
  const file = parsed.value;
  const { data, issues } = readKeys(workspaceSchema, file.value);
  const found = [
    ...file.problems,
    ...schemaProblems(issues, { file, path: [], schema: workspaceSchema }),
    ...unknownNames(file, data, known),
    ...settingsProblems(file, data.platforms ?? {}, known.platforms),
  ];
  const { platform, platforms = {}, roles = [], options = {}, parameters = {}, output = '.lyncimg' } = data;
  const parametersRead = await readParameters({ file, folder: resolve(folder), given: parameters });
  found.push(...parametersRead.problems);
  const os = data.os === undefined ? undefined : parseOsId(data.os);
  if (data.os !== undefined && os === undefined) found.push(unknownOs(data.os, file.at(['os'])));
  if (found.length > 0) return problems(inOrder(found));
  return ok({
    file: path,
    folder: resolve(folder),
    roles,
    options,
    items: parametersRead.items,
    netfx3Source: parameters.netfx3Source ?? null,
    baking: bakingChoices(data, resolve(folder)),
    platformSettings: platforms,
    output: resolve(folder, output),
    ...(platform !== undefined && { platform }),
    ...(os !== undefined && { os }),
  });
}

export async function isWorkspace(folder: string): Promise<boolean> {
  return exists(resolve(folder, fileName));
}

function unknownNames(
  file: YamlFile,
  { platform }: { platform?: string | undefined },
  { catalog, platforms }: KnownNames,
): LyncimgError[] {
  const found: LyncimgError[] = [];
  if (platform !== undefined && platforms !== undefined && !Object.hasOwn(platforms, platform))
    found.push(
      fail(
        'E_PLATFORM_UNKNOWN',
        { platform, known: Object.keys(platforms) },
        { where: file.at(['platform']) },
      ),
    );
  const roles = isMapping(file.value) ? file.value['roles'] : undefined;
  if (catalog === undefined || !Array.isArray(roles)) return found;
  const all = catalog.roles().map(({ name }) => name);
  for (const [index, role] of (roles as unknown[]).entries()) {
    // What is no name of a role at all the schema complains of.
    const machine = machineName.safeParse(role);
    if (!machine.success) continue;
    for (const name of machine.data.split(',').map((part) => part.trim())) {
      if (all.includes(name)) continue;
      const facts = { role: name, near: catalog.nearRoles(name), known: all };
      found.push(fail('E_ROLE_UNKNOWN', facts, { where: file.at(['roles', index]) }));
    }
  }
  return found;
}

/** Of `platforms:`, where the caller knows what each platform takes. */
function settingsProblems(
  file: YamlFile,
  given: Readonly<Record<string, unknown>>,
  known: PlatformSchemas | undefined,
): LyncimgError[] {
  if (known === undefined) return [];
  return Object.entries(given).flatMap(([platform, value]) => {
    const path = ['platforms', platform];
    const schema = Object.hasOwn(known, platform) ? known[platform] : undefined;
    if (schema === undefined) {
      const where = file.atKey(['platforms'], platform);
      return [fail('E_PLATFORM_UNKNOWN', { platform, known: Object.keys(known) }, { where })];
    }
    const checked = schema.safeParse(value);
    return checked.success ? [] : schemaProblems(checked.error.issues, { file, path, schema });
  });
}

/** What is there and cannot be read is a problem that reading reports. */
async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
