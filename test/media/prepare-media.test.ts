import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LyncimgError } from '../../src/errors/index.js';
import { placeholderItem, prepareMedia, type MediaItem } from '../../src/media/index.js';
import { sha256 } from '../../src/util/index.js';
import { onSmallDisk } from '../helpers/small-disk.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { codesThrown, put, update } from './kit.js';

const file = (text: string, path = update.path): MediaItem => ({
  ...{ path, title: update.title, origin: 'file' },
  ...{ sha256: sha256(text), sizeBytes: Buffer.byteLength(text) },
});

describe('the media folder', () => {
  const folder = temporaryFolder();
  const disc = (): string => join(folder.path, 'disc');
  const prepare = (items: MediaItem[], sources: Record<string, string> = {}): Promise<void> =>
    prepareMedia({ items, sources: new Map(Object.entries(sources)), folder: disc() });

  it('of a rehearsal holds a placeholder that says what it is, and is what was planned', async () => {
    const item = placeholderItem(update);
    await prepare([item]);

    const text = await readFile(join(disc(), update.path), 'utf8');
    expect(text).to.equal(
      '{"lyncimg":"placeholder","path":"hotfixes/Windows8.1-KB2919355-x64.msu","title":"Windows Server 2012 R2 Update"}\n',
    );
    expect(item).to.include({ origin: 'placeholder', sha256: sha256(text), sizeBytes: text.length });
  });

  it('holds the file that was planned, wherever it lies and whatever it is called there', async () => {
    const source = await put(folder.path, 'downloads/update.msu', 'the real one');
    await prepare([file('the real one')], { [update.path]: source });

    expect(await readFile(join(disc(), update.path), 'utf8')).to.equal('the real one');
  });

  it('never holds a file that is not the planned one any more', async () => {
    const source = await put(folder.path, 'update.msu', 'another one!');

    const codes = await codesThrown(prepare([file('the real one')], { [update.path]: source }));

    expect(codes).to.deep.equal(['E_MEDIA_CHECKSUM']);
    expect(await readdir(join(disc(), 'hotfixes'))).to.deep.equal([]);
  });

  it('is not filled to the end where the command is interrupted', async () => {
    const source = await put(folder.path, 'update.msu', 'the real one');
    const interrupted = new Error('Ctrl-C');

    const filling = prepareMedia({
      ...{ items: [file('the real one')], sources: new Map([[update.path, source]]), folder: disc() },
      signal: AbortSignal.abort(interrupted),
    });

    expect(await filling.catch((error: unknown) => error)).to.equal(interrupted);
  });

  it('is refused with every problem at once', async () => {
    const gone = { 'a.msu': join(folder.path, 'gone.msu') };
    const items = [file('x', 'a.msu'), file('y', 'b.msu'), file('z', '../outside')];

    expect(await codesThrown(prepare(items, gone))).to.deep.equal([
      'E_MEDIA_MISSING',
      'E_MEDIA_MISSING',
      'E_MEDIA_PATH',
    ]);
  });

  it('holds a file once that is wanted twice, whatever the case', async () => {
    await prepare([placeholderItem(update), placeholderItem({ ...update, path: update.path.toUpperCase() })]);

    expect(await readdir(disc())).to.deep.equal(['hotfixes']);
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
      expect(await codesThrown(prepare([placeholderItem({ path, title: 'x' })]))).to.deep.equal([
        'E_MEDIA_PATH',
      ]);
    });
  }

  it('on a full disk is that error', async function () {
    const text = 'x'.repeat(2 * 1024 * 1024);
    const source = await put(folder.path, 'update.msu', text);
    await onSmallDisk(this, folder.path, async ({ path }) => {
      const sources = new Map([[update.path, source]]);

      const error = await prepareMedia({ items: [file(text)], sources, folder: path }).catch(
        (caught: unknown) => caught,
      );

      expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_DISK_FULL');
    });
  });
});
