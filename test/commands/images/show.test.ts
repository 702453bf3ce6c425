import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import ImagesShow from '../../../src/commands/images/show.js';
import { openStore } from '../../../src/images/index.js';
import { runCommandClass, type Outcome } from '../../helpers/run-command.js';
import { anImage } from '../../helpers/store-entries.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const before = process.cwd();

describe('lyncimg images show', () => {
  const folder = temporaryFolder();
  const run = (...args: string[]): Promise<Outcome> => runCommandClass(ImagesShow, args);
  let state: string;

  beforeEach(async () => {
    process.chdir(folder.path);
    const source = join(folder.path, 'state.json');
    await writeFile(source, '{}');
    const store = openStore(join(folder.path, '.lyncimg'));
    const image = await store.publishImage({ manifest: anImage(), files: { 'state.json': source } });
    state = image.files['state.json']!;
  });
  afterEach(() => {
    process.chdir(before);
  });

  it('shows what a rehearsal is made of, and says that it is one', async () => {
    const { exit, stdout } = await run('front-end-2012r2');

    expect(exit).to.equal(0);
    expect(stdout).to.match(/^rehearsal\/front-end-2012r2@[0-9a-f]{12}\nREHEARSAL: /);
    for (const part of ['windows-base', 'Packer 1.6.6', '2 warn', 'Domain membership', 'KB2919355', state]) {
      expect(stdout).to.contain(part);
    }
  });

  it('gives the manifest as one document', async () => {
    const { stdout } = await run(anImage().digest.slice(0, 8), '--json');

    const document = JSON.parse(stdout) as { image: { rehearsal: boolean }; files: Record<string, string> };
    expect(document.image.rehearsal).to.equal(true);
    expect(document.files).to.deep.equal({ 'state.json': state });
  });

  it('ends with 2 and the near ones for an image that is not there', async () => {
    const { exit, stderr } = await run('front-end-2012');

    expect(exit).to.equal(2);
    expect(stderr).to.contain('E_IMAGE_UNKNOWN').and.contain('front-end-2012r2');
  });

  it('ends with 3 and the way to rebuild for one that was changed', async () => {
    await writeFile(state, 'changed');

    const { exit, stdout, stderr } = await run('front-end-2012r2');

    expect(exit).to.equal(3);
    expect(stdout).to.equal('');
    expect(stderr).to.contain('E_STORE_CORRUPT').and.contain('--role front-end --force');
  });

  it('ends with 2 without a reference', async () => {
    expect((await run()).exit).to.equal(2);
  });
});
