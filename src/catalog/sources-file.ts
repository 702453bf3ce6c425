// The documents that roles name by id.
import { ok, problems, type Checked } from '../errors/index.js';
import type { Source } from '../requirements/index.js';
import { readText } from './read-text.js';
import { schemaProblems } from './schema-problems.js';
import { sourcesFileSchema } from './schemas.js';
import { parseYaml } from './yaml-file.js';

export interface Sources {
  byId: ReadonlyMap<string, Source>;
  /** There may be more, in a place that is too wrong to be read: then no id is called unknown. */
  open: boolean;
}

/** Takes the place of a source that is missing or wrong, which was reported. */
export const noSource: Source = {
  title: '',
  publisher: '',
  page: '',
  date: 'unknown',
  confidence: 'unverified',
};

export async function readSources(path: string, name: string): Promise<Checked<Map<string, Source>>> {
  const text = await readText(path, name);
  if (!text.ok) return text;
  const file = parseYaml(text.value);
  if (!file.ok) return file;
  const checked = sourcesFileSchema.safeParse(file.value.value);
  const place = { file: file.value, path: [], schema: sourcesFileSchema };
  const found = checked.success ? [] : schemaProblems(checked.error.issues, place);
  if (!checked.success || file.value.problems.length > 0) return problems([...file.value.problems, ...found]);
  return ok(new Map(Object.entries(checked.data.sources).map(([id, source]) => [id, { id, ...source }])));
}
