// `lyncimg.yaml`: what a folder builds when nothing else is said.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LyncimgError } from '../errors/index.js';
import { fail, ok, problems, type Checked } from '../errors/index.js';
import type { Catalog, Workspace } from './model.js';
import { parseOsId, unknownOs } from './os-id.js';
import { readText } from './read-text.js';
import { schemaProblems } from './schema-problems.js';
import { workspaceSchema } from './schemas.js';
import { parseYaml } from './yaml-file.js';

const fileName = 'lyncimg.yaml';

/**
 * The workspace of a folder; null where the folder is none. With a catalogue, the roles that it names must be in it.
 * Options are checked against a role when one is planned.
 */
export async function loadWorkspace(folder: string, catalog?: Catalog): Promise<Checked<Workspace | null>> {
  const path = resolve(folder, fileName);
  if (!(await exists(path))) return ok(null);
  const text = await readText(path, fileName);
  if (!text.ok) return text;
  const file = parseYaml(text.value);
  if (!file.ok) return file;
  const checked = workspaceSchema.safeParse(file.value.value);
  if (!checked.success)
    return problems(
      schemaProblems(checked.error.issues, { file: file.value, path: [], schema: workspaceSchema }),
    );

  const { platform, os: wantedOs, roles = [], options = {}, output = '.lyncimg' } = checked.data;
  const found: LyncimgError[] = [];
  const os = wantedOs === undefined ? undefined : parseOsId(wantedOs);
  if (wantedOs !== undefined && os === undefined) found.push(unknownOs(wantedOs, file.value.at(['os'])));
  for (const [index, role] of roles.entries()) {
    if (catalog === undefined || catalog.role(role) !== undefined) continue;
    const where = file.value.at(['roles', index]);
    found.push(fail('E_ROLE_UNKNOWN', { role, near: catalog.nearRoles(role) }, { where }));
  }
  if (found.length > 0) return problems(found);
  return ok({
    file: path,
    folder: resolve(folder),
    roles,
    options,
    output: resolve(folder, output),
    ...(platform !== undefined && { platform }),
    ...(os !== undefined && { os }),
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
