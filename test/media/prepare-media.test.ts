import { expect } from 'chai';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { LyncimgError, ProblemsError } from '../../src/errors/index.js';
import { placeholderItem, prepareMedia, type WantedFile } from '../../src/media/index.js';
import { sha256 } from '../../src/util/index.js';
import { onSmallDisk } from '../helpers/small-disk.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const hotfix: WantedFile = {
  path: 'hotfixes/Windows8.1-KB2919355-x64.msu',
  title: 'Windows Server 2012 R2 Update',
};

describe('the media folder', () => {
  const folder = temporaryFolder();
  const disc = (): string => join(folder.path, 'media');
  const files = (): string => join(folder.path, 'files');
  const give = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(files(), path)), { recursive: true });
    await writeFile(join(files(), path), text);
  };
  const codesOf = async (promise: Promise<unknown>): Promise<string[]> => {
    const error = await promise.catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(ProblemsError);
    return (error as ProblemsError).problems.map((problem) => problem.code);
  };

  it('of a rehearsal holds a placeholder that says what it is', async () => {
    const items = await prepareMedia({ wanted: [hotfix], folder: disc(), rehearsal: true });

    const text = await readFile(join(disc(), hotfix.path), 'utf8');
    expect(text).to.equal(
      '{"lyncimg":"placeholder","path":"hotfixes/Windows8.1-KB2919355-x64.msu","title":"Windows Server 2012 R2 Update"}\n',
    );
    expect(items).to.deep.equal([placeholderItem(hotfix)]);
    expect(items[0]).to.deep.include({ origin: 'placeholder', sha256: sha256(text), sizeBytes: text.length });
  });

  it('holds the file that the user gives, also in a rehearsal', async () => {
    await give(hotfix.path, 'the real one');

    const items = await prepareMedia({
      wanted: [{ ...hotfix, sha256: sha256('the real one').toUpperCase() }],
      folder: disc(),
      rehearsal: true,
      files: files(),
    });

    expect(await readFile(join(disc(), hotfix.path), 'utf8')).to.equal('the real one');
    expect(items).to.deep.equal([
      { ...hotfix, origin: 'file', sha256: sha256('the real one'), sizeBytes: 12 },
    ]);
  });

  it('never holds a file with another checksum than the one known', async () => {
    await give(hotfix.path, 'another one');
    const wanted = [{ ...hotfix, sha256: sha256('the real one') }];

    const codes = await codesOf(prepareMedia({ wanted, folder: disc(), rehearsal: true, files: files() }));

    expect(codes).to.deep.equal(['E_MEDIA_CHECKSUM']);
    const left = await readFile(join(disc(), hotfix.path)).catch((error: unknown) => error);
    expect(left).to.be.an('error').with.property('code', 'ENOENT');
  });

  it("does not take a placeholder among the user's files for a file", async () => {
    await prepareMedia({ wanted: [hotfix], folder: files(), rehearsal: true });

    const [item] = await prepareMedia({ wanted: [hotfix], folder: disc(), rehearsal: true, files: files() });
    expect(item?.origin).to.equal('placeholder');

    const codes = await codesOf(
      prepareMedia({ wanted: [hotfix], folder: disc(), rehearsal: false, files: files() }),
    );
    expect(codes).to.deep.equal(['E_MEDIA_PLACEHOLDER']);
  });

  it('is refused with every problem at once where it is no rehearsal', async () => {
    const wanted = [hotfix, { path: '../outside', title: 'x' }, { path: 'a.msu', title: 'y' }];

    const codes = await codesOf(prepareMedia({ wanted, folder: disc(), rehearsal: false, files: files() }));

    expect(codes).to.have.members(['E_MEDIA_PATH', 'E_MEDIA_MISSING', 'E_MEDIA_MISSING']);
  });

  it('holds a file once that two layers want, whatever the case, in order of path', async () => {
    const wanted = [hotfix, { path: 'a/b.cab', title: 'b' }, { ...hotfix, path: hotfix.path.toUpperCase() }];

    const items = await prepareMedia({ wanted, folder: disc(), rehearsal: true });

    expect(items.map((item) => item.path)).to.deep.equal(['a/b.cab', hotfix.path]);
  });

  for (const path of [
    '',
    '.',
    '..',
    '/etc/passwd',
    'a/../../b',
    'a\\b',
    'C:/a',
    'a//b',
    'a\nb',
    'a. ',
    'nul\0',
  ]) {
    it(`has no place for ${JSON.stringify(path)}`, async () => {
      const codes = await codesOf(
        prepareMedia({ wanted: [{ path, title: 'x' }], folder: disc(), rehearsal: true }),
      );

      expect(codes).to.deep.equal(['E_MEDIA_PATH']);
    });
  }

  it('on a full disk is that error', async function () {
    await give(hotfix.path, 'x'.repeat(2 * 1024 * 1024));
    await onSmallDisk(this, folder.path, async ({ path }) => {
      const options = { wanted: [hotfix], folder: path, rehearsal: true, files: files() };

      const error = await prepareMedia(options).catch((caught: unknown) => caught);

      expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_DISK_FULL');
    });
  });
});
