import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePlan, planReport, planReportJsonSchema, selectRequirements } from '../../src/plan/index.js';
import { environment, itemOf, lookup, os, roleOf } from './fixtures.js';

const published = join(import.meta.dirname, '../../schemas/plan.schema.json');

describe('the published schema of plans', () => {
  it('is the one that lyncimg reads by (npm run docs)', async () => {
    expect(JSON.parse(await readFile(published, 'utf8'))).to.deep.equal(planReportJsonSchema());
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
