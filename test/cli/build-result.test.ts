import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { buildResultJsonSchema, type BuildResult } from '../../src/cli/index.js';

const file = new URL('../../schemas/build.schema.json', import.meta.url);
const good: BuildResult = {
  apiVersion: 'lyncimg/v1',
  kind: 'BuildResult',
  images: [
    {
      reference: 'rehearsal/front-end-2012r2@0123456789ab',
      digest: '0'.repeat(64),
      role: 'front-end',
      os: '2012r2',
      platform: 'twin',
      rehearsal: true,
      outcome: 'built',
      layers: [{ name: 'windows-base', digest: '1'.repeat(64), status: 'built', durationMs: 12_000 }],
      verdicts: { pass: 40, 'after-deployment': 1 },
      run: '20261123T153316Z-724a71c0',
      folder: '/srv/lync/.lyncimg/runs/20261123T153316Z-724a71c0',
      durationMs: 13_000,
    },
  ],
};

describe('schemas/build.schema.json', () => {
  it('is the schema of the code', async () => {
    expect(JSON.parse(await readFile(file, 'utf8'))).to.deep.equal(buildResultJsonSchema());
  });

  it('takes a result and refuses what is none, by another validator than ours', async () => {
    const validate = new Ajv2020().compile(JSON.parse(await readFile(file, 'utf8')) as object);
    expect(validate(good), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate({ ...good, images: [{ ...good.images[0], outcome: 'perhaps' }] })).to.equal(false);
    expect(validate({ ...good, more: 1 })).to.equal(false);
  });
});
