import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { listMedia, mediaListJsonSchema, placeholderText } from '../../src/media/index.js';
import { sha256 } from '../../src/util/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { entry, lockOf, put } from './kit.js';

describe('the list of media', () => {
  const folder = temporaryFolder();
  const { signal } = new AbortController();
  const need = (path: string, more = {}) => ({ path, title: path, roles: ['edge'], ...more });

  it('says of each file whether it is there, and holds to its schema', async () => {
    await put(folder.path, 'media/a.msu', 'here');
    await put(folder.path, 'media/b.msu', placeholderText({ path: 'b.msu', title: 'b' }));
    await put(folder.path, 'media/c.msu', 'another');
    const lock = lockOf(folder.path, { 'd.msu': entry('gone', 'x') });
    const more = {
      published: 'https://example/page',
      url: 'https://example/e',
      licence: 'ask',
      sizeBytes: 9,
    };
    const needed = [
      need('e.msu', more),
      need('d.msu'),
      need('c.msu', { sha256: sha256('here') }),
      need('b.msu'),
      need('a.msu'),
    ];

    const list = await listMedia('2012r2', needed, { lock, signal });

    expect(list.files.map(({ path, state }) => [path, state])).to.deep.equal([
      ['a.msu', 'present'],
      ['b.msu', 'placeholder'],
      ['c.msu', 'wrong-hash'],
      ['d.msu', 'missing'],
      ['e.msu', 'missing'],
    ]);
    expect(list.files[0]).to.include({ sizeBytes: 4, sha256: null, problem: null });
    expect(list.files[4]).to.deep.include({ ...more, location: null, roles: ['edge'] });
    expect(list.complete).to.equal(false);
    const validate = new Ajv2020().compile(mediaListJsonSchema() as object);
    expect(validate(list), JSON.stringify(validate.errors)).to.equal(true);
  });

  it('is complete where every file is there, and where none is needed', async () => {
    await put(folder.path, 'media/a.msu', 'here');
    const lock = lockOf(folder.path);

    expect((await listMedia('2012r2', [need('a.msu')], { lock, signal })).complete).to.equal(true);
    expect((await listMedia('2012r2', [], { lock, signal })).complete).to.equal(true);
  });
});
