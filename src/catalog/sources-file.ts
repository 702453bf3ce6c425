// The documents that roles name by id.
import { ok, problems, type Checked } from '../errors/index.js';
import type { Source } from '../requirements/index.js';
import { readText } from './read-text.js';
import { schemaProblems } from './schema-problems.js';
import { sourcesFileSchema } from './schemas.js';
import { parseYaml } from './yaml-file.js';

export async function readSources(path: string, name: string): Promise<Checked<Map<string, Source>>> {
  const text = await readText(path, name);
  if (!text.ok) return text;
  const file = parseYaml(text.value);
  if (!file.ok) return file;
  const checked = sourcesFileSchema.safeParse(file.value.value);
  if (!checked.success)
    return problems(
      schemaProblems(checked.error.issues, { file: file.value, path: [], schema: sourcesFileSchema }),
    );
  return ok(new Map(Object.entries(checked.data.sources).map(([id, source]) => [id, { id, ...source }])));
}
