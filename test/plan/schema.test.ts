import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePlan, planReport, planReportJsonSchema, selectRequirements } from '../../src/plan/index.js';
import { environment, itemOf, lookup, os, roleOf } from './fixtures.js';

const published = join(import.meta.dirname, '../../catalog/schemas/plan.schema.json');

describe('the published schema of plans', () => {
  it('is the one that lyncimg reads by', async () => {
    const text = `${JSON.stringify(planReportJsonSchema(), null, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(published, text);

    expect(JSON.parse(await readFile(published, 'utf8'))).to.deep.equal(JSON.parse(text));
  });

  it('accepts what plan --json prints, and nothing else', () => {
    const checked = selectRequirements({
      role: roleOf('role', [itemOf('early', { name: 'a' })]),
      os,
      options: {},
      kinds: lookup,
    });
    if (!checked.ok) throw new Error('fixture');
    const plan = makePlan({ ...checked.value, os, role: 'role', environment, kinds: lookup });
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(planReportJsonSchema() as object);

    expect(validate(planReport(plan, [])), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate(plan)).to.equal(false);
  });
});
