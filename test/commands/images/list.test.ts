import { expect } from 'chai';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import ImagesList from '../../../src/commands/images/list.js';
import { openStore } from '../../../src/images/index.js';
import { sha256 } from '../../../src/util/index.js';
import { runCommandClass, type Outcome } from '../../helpers/run-command.js';
import { aLayer, anImage } from '../../helpers/store-entries.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const before = process.cwd();

describe('lyncimg images list', () => {
  const folder = temporaryFolder();
  const run = (...args: string[]): Promise<Outcome> => runCommandClass(ImagesList, args);

  beforeEach(() => {
    process.chdir(folder.path);
  });
  afterEach(() => {
    process.chdir(before);
    delete process.env['LYNCIMG_HOME'];
  });

  const fill = async (place: string): Promise<void> => {
    const store = openStore(place);
    await store.publishLayer({ manifest: aLayer(), files: {} });
    await store.publishImage({ manifest: anImage(), files: {} });
    await store.publishImage({
      manifest: anImage({ digest: sha256('newer'), builtAt: '2026-12-01T00:00:00Z' }),
      files: {},
    });
  };

  it('says where there is none, and makes no folder', async () => {
    const { exit, stdout, stderr } = await run();

    expect(exit).to.equal(0);
    expect(stdout).to.equal('');
    expect(stderr)
      .to.contain(`No image in ${join(folder.path, '.lyncimg')}`)
      .and.contain('lyncimg build');
    expect(await readdir(folder.path)).to.deep.equal([]);
  });

  it('lists the images of the folder, newest first, rehearsals as such', async () => {
    await fill(join(folder.path, '.lyncimg'));

    const { stdout } = await run();

    const references = [...stdout.matchAll(/^REHEARSAL +(\S+)/gm)].map(([, reference]) => reference);
    expect(references).to.deep.equal([
      `rehearsal/front-end-2012r2@${sha256('newer').slice(0, 12)}`,
      `rehearsal/front-end-2012r2@${sha256('image').slice(0, 12)}`,
    ]);
    expect(stdout).to.contain('41 pass').and.contain('1 placeholder').and.not.contain('windows-base');
  });

  it('lists the layers when asked', async () => {
    await fill(join(folder.path, '.lyncimg'));

    expect((await run('--layers')).stdout).to.match(/^REHEARSAL +windows-base +2012r2/m);
    expect(JSON.parse((await run('--layers', '--json')).stdout)).to.have.nested.property(
      'layers[0].name',
      'windows-base',
    );
  });

  it('gives the manifests as one document', async () => {
    await fill(join(folder.path, '.lyncimg'));

    const { stdout } = await run('--json');

    const document = JSON.parse(stdout) as { images: unknown[] };
    expect(document).to.include.keys('folder', 'images', 'damaged').and.not.include.keys('layers');
    expect(document.images[1]).to.deep.include({ ...anImage(), files: {} });
  });

  it('looks where --output, LYNCIMG_HOME or lyncimg.yaml says, in this order', async () => {
    await writeFile('lyncimg.yaml', 'apiVersion: lyncimg/v1\nkind: Workspace\noutput: from-file\n');
    const folderOf = async (...args: string[]): Promise<string> =>
      (JSON.parse((await run('--json', ...args)).stdout) as { folder: string }).folder;

    expect(await folderOf()).to.equal(join(folder.path, 'from-file'));
    process.env['LYNCIMG_HOME'] = join(folder.path, 'home');
    expect(await folderOf()).to.equal(join(folder.path, 'home'));
    expect(await folderOf('--output', 'given')).to.equal(join(folder.path, 'given'));
  });

  it('lists what is whole, and names what is damaged', async () => {
    const place = join(folder.path, '.lyncimg');
    await fill(place);
    await writeFile(join(place, 'images', sha256('image'), 'manifest.json'), '{');

    const { exit, stdout, stderr } = await run();

    expect(exit).to.equal(0);
    expect(stdout).to.contain(sha256('newer').slice(0, 12));
    expect(stderr).to.contain('E_STORE_CORRUPT').and.contain(sha256('image'));
    const { damaged } = JSON.parse((await run('--json')).stdout) as { damaged: { code: string }[] };
    expect(damaged.map(({ code }) => code)).to.deep.equal(['E_STORE_CORRUPT']);
  });
});
