// A file of the catalogue that is right as a whole or not at all: text, YAML, and the schema of its kind.
import type { z } from 'zod';
import { ok, problems, type Checked } from '../errors/index.js';
import { readText } from './read-text.js';
import { schemaProblems } from './schema-problems.js';
import { parseYaml, type YamlFile } from './yaml-file.js';

/** Every problem at its place; `name` is how the file is called in messages. */
export async function readYaml<Schema extends z.ZodType>(
  path: string,
  name: string,
  schema: Schema,
): Promise<Checked<{ file: YamlFile; data: z.output<Schema> }>> {
  const text = await readText(path, name);
  if (!text.ok) return text;
  const parsed = parseYaml(text.value);
  if (!parsed.ok) return parsed;
  const file = parsed.value;
  const checked = schema.safeParse(file.value);
  if (checked.success && file.problems.length === 0) return ok({ file, data: checked.data });
  const found = checked.success ? [] : schemaProblems(checked.error.issues, { file, path: [], schema });
  return problems([...file.problems, ...found]);
}
