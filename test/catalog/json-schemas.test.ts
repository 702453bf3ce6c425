import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { jsonSchemas } from '../../src/catalog/index.js';
import { platformSchemas } from '../../src/platforms/index.js';
import { packageRoot } from './kit.js';

const schemas = jsonSchemas(platformSchemas);
const compiled = new Map<string, ValidateFunction>();
const accepts = (name: string): ValidateFunction => {
  const validate =
    compiled.get(name) ?? new Ajv2020({ strict: false }).compile(schemas.get(`${name}.schema.json`) ?? false);
  compiled.set(name, validate);
  return validate;
};
const read = async (path: string): Promise<unknown> => parse(await readFile(join(packageRoot, path), 'utf8'));

describe('the published JSON Schemas', () => {
  it('lie in the catalogue as the code makes them (npm run docs)', async () => {
    const folder = join(packageRoot, 'schemas');
    for (const [name, schema] of jsonSchemas(platformSchemas))
      expect(JSON.parse(await readFile(join(folder, name), 'utf8')), name).to.deep.equal(schema);
  });

  it('accept every file of the catalogue, and of the tests that is right', async () => {
    for (const [name, path] of [
      ['notes', 'catalog/notes.yaml'],
      ['sources', 'catalog/sources.yaml'],
      ['features', 'catalog/features/2012r2.json'],
      ['role', 'test/fixtures/roles/good.yaml'],
      ...(
        await Promise.all(
          [
            ['os', 'os'],
            ['package', 'packages'],
            ['role', 'roles'],
          ].map(async ([name, part]) =>
            (await readdir(join(packageRoot, 'catalog', part ?? ''))).map((file) => [
              name,
              `catalog/${part ?? ''}/${file}`,
            ]),
          ),
        )
      ).flat(),
    ] as [string, string][])
      expect(accepts(name)(await read(path)), path).to.equal(true);
  });

  it('refuse what lyncimg refuses by shape', async () => {
    for (const name of ['unknown-keys', 'wrong-values', 'windows-line-ends', 'empty'])
      expect(accepts('role')(await read(`test/fixtures/roles/${name}.yaml`)), name).to.equal(false);
    expect(accepts('workspace')({ apiVersion: 'lyncimg/v1', kind: 'Workspace', role: [] })).to.equal(false);
  });

  it('are as lenient as lyncimg is about the case of names', () => {
    const role = (item: object): object => ({
      apiVersion: 'lyncimg/v1',
      kind: 'Role',
      name: 'x',
      title: 'X',
      description: 'X.',
      supports: ['2012R2', 2012],
      requirements: [{ ...item, source: 'A' }],
    });
    const accept = accepts('role');
    expect(accept(role({ hotfix: { kb: 'kb2919355', file: 'X.MSU' } }))).to.equal(true);
    expect(accept(role({ registry: { path: 'hklm:\\X', name: 'a', type: 'dword', data: 1 } }))).to.equal(
      true,
    );
    expect(accept(role({ setting: {} }))).to.equal(false);
  });
});
