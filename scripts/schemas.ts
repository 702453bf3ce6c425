// Writes the JSON Schemas of the files that people write (catalog/schemas/) from the code; with --check it only says which are out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { jsonSchemas } from '../src/catalog/index.js';

const folder = join(import.meta.dirname, '..', 'catalog', 'schemas');
const check = process.argv.includes('--check');
const config = await resolveConfig(join(folder, 'role.schema.json'));

const wanted = new Map<string, string>();
for (const [name, schema] of jsonSchemas())
  wanted.set(name, await format(JSON.stringify(schema), { ...config, parser: 'json' }));

const stale: string[] = [];
for (const [name, text] of wanted) {
  const path = join(folder, name);
  if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
  stale.push(name);
  if (!check) await writeFile(path, text);
}
for (const name of stale) console.log(`${check ? 'out of date' : 'written'}: catalog/schemas/${name}`);
if (check && stale.length > 0) {
  console.log('Run: npx tsx scripts/schemas.ts');
  process.exitCode = 1;
}
