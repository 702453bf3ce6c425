import { expect } from 'chai';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomic } from '../../src/util/index.js';

describe('writeFileAtomic', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-files-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('writes with the mode asked for and leaves nothing beside the file', async () => {
    const path = join(folder, 'secret');

    await writeFileAtomic(path, 'one', 0o600);
    await writeFileAtomic(path, 'two', 0o600);

    expect(await readFile(path, 'utf8')).to.equal('two');
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect(await readdir(folder)).to.deep.equal(['secret']);
  });

  it('leaves nothing behind when the folder is not there', async () => {
    let failure: unknown;
    await writeFileAtomic(join(folder, 'no', 'file'), 'x').catch((error: unknown) => (failure = error));

    expect(failure).to.be.instanceOf(Error);
    expect(await readdir(folder)).to.deep.equal([]);
  });
});
