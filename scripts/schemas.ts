// Writes the published JSON Schemas (schemas/) from the code; with --check it only says which are out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { jsonSchemas } from '../src/catalog/index.js';
import { applyResultJsonSchema, buildResultJsonSchema } from '../src/cli/index.js';
import { explainSchemas } from '../src/explain/index.js';
import { doctorReportJsonSchema } from '../src/doctor/index.js';
import { mediaCheckJsonSchema, mediaListJsonSchema } from '../src/media/index.js';
import { planReportJsonSchema } from '../src/plan/index.js';
import { platformSchemas, platformSheetSchemas } from '../src/platforms/index.js';
import {
  hostFactsJsonSchema,
  readinessReportJsonSchema,
  verifyReportJsonSchema,
} from '../src/verify/index.js';

const folder = join(import.meta.dirname, '..', 'schemas');
const check = process.argv.includes('--check');
const config = await resolveConfig(join(folder, 'role.schema.json'));

const schemas = new Map<string, unknown>([
  ...jsonSchemas(platformSchemas),
  ...explainSchemas(),
  ...platformSheetSchemas(),
  ['plan.schema.json', planReportJsonSchema()],
  ['verify-report.schema.json', verifyReportJsonSchema()],
  ['readiness-report.schema.json', readinessReportJsonSchema()],
  ['host-facts.schema.json', hostFactsJsonSchema()],
  ['build.schema.json', buildResultJsonSchema()],
  ['apply.schema.json', applyResultJsonSchema()],
  ['media-list.schema.json', mediaListJsonSchema()],
  ['media-check.schema.json', mediaCheckJsonSchema()],
  ['doctor.schema.json', doctorReportJsonSchema()],
]);

const stale: string[] = [];
for (const [name, schema] of schemas) {
  const path = join(folder, name);
  const text = await format(JSON.stringify(schema), { ...config, parser: 'json' });
  if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
  stale.push(name);
  if (!check) await writeFile(path, text);
}
for (const name of stale) console.log(`${check ? 'out of date' : 'written'}: schemas/${name}`);
if (check && stale.length > 0) {
  console.log("Run 'npm run docs'.");
  process.exitCode = 1;
}
