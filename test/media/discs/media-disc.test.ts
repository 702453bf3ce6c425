import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LyncimgError } from '../../../src/errors/index.js';
import {
  checkMediaDisc,
  ensureMediaDisc,
  placeholderItem,
  type MediaDiscOptions,
  type MediaItem,
} from '../../../src/media/index.js';
import { processIdentity, sha256 } from '../../../src/util/index.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { codesThrown, put, update } from '../kit.js';
import { falseXorriso, jolietLabel, onlyTools, readDisc, realEnv, realTool } from './kit.js';

const item = (path: string, text: string): MediaItem => ({
  ...{ path, title: path, origin: 'file' },
  ...{ sha256: sha256(text), sizeBytes: Buffer.byteLength(text) },
});

describe('the media disc', () => {
  const folder = temporaryFolder();
  const discs = (): string => join(folder.path, 'media');
  const ensure = (
    items: readonly MediaItem[],
    sources: Record<string, string> = {},
    more: Partial<MediaDiscOptions> = {},
  ): Promise<string> =>
    ensureMediaDisc({
      items,
      sources: new Map(Object.entries(sources)),
      folder: discs(),
      env: realEnv,
      ...more,
    });

  it('holds the planned files and placeholders, under the label that the guest looks for', async () => {
    const lies = await put(folder.path, 'downloads/update (1).msu', 'the real one');
    const items = [item('hotfixes/a.msu', 'the real one'), placeholderItem(update)];

    const file = await ensure(items, { 'hotfixes/a.msu': lies });

    const read = await readDisc(file);
    expect(read.get('hotfixes/a.msu')).to.equal('the real one');
    expect(read.get(update.path)).to.include('"lyncimg":"placeholder"');
    expect(read.size).to.equal(2);
    expect(await jolietLabel(file)).to.equal('LYNCIMG_MEDIA');
    expect(await readdir(discs())).to.deep.equal([basename(file)]);
    expect((await stat(discs())).mode & 0o777).to.equal(0o700);
  });

  it('is named by what is on it, in whatever order and however often it is asked for', async () => {
    const [a, b] = [
      placeholderItem({ path: 'a.msu', title: 'A' }),
      placeholderItem({ path: 'b.msu', title: 'B' }),
    ];

    const file = await ensure([a, b]);

    expect(basename(file)).to.match(/^[0-9a-f]{64}\.iso$/);
    expect(await ensure([b, a, a])).to.equal(file);
    expect(await ensure([a])).not.to.equal(file);
    expect(
      await ensure([{ ...a, path: 'c.msu', ...pick(placeholderItem({ path: 'c.msu', title: 'A' })) }, b]),
    ).not.to.equal(file);
  });

  it('is made once, and then needs neither the tool nor the files', async () => {
    const lies = await put(folder.path, 'a.msu', 'A');
    const items = [item('a.msu', 'A')];
    const file = await ensure(items, { 'a.msu': lies });
    await rm(lies);

    expect(await ensure(items, {}, { env: { PATH: '' } })).to.equal(file);
  });

  it('is made by two builds at once without harm', async () => {
    const lies = await put(folder.path, 'a.msu', 'A'.repeat(100_000));
    const meet = join(folder.path, 'meet');
    await mkdir(meet);
    // Neither writes before both are at work.
    const wait = `: > "${meet}/$$"; while [ "$(ls "${meet}" | wc -l)" -lt 2 ]; do sleep 0.02; done`;
    const env = await falseXorriso(folder.path, `${wait}\nexec "${await realTool('xorriso')}" "$@"`);
    const one = (): Promise<string> =>
      ensure([item('a.msu', 'A'.repeat(100_000))], { 'a.msu': lies }, { env });

    const [first, second] = await Promise.all([one(), one()]);

    expect(first).to.equal(second);
    expect(await readdir(meet)).to.have.length(2);
    expect(await readDisc(first)).to.deep.equal(new Map([['a.msu', 'A'.repeat(100_000)]]));
    expect(await readdir(discs())).to.deep.equal([basename(first)]);
  });

  it('clears up what a killed build left, and leaves what is at work', async () => {
    const { pid, startTime, boot } = processIdentity()!;
    const name = (start: number): string => `.new-${pid}.${start}.${boot ?? 'x'}.0123456789ab`;
    await put(discs(), `${name((startTime ?? 1) - 1)}/disc`, 'half');
    await put(discs(), `${name(startTime ?? 1)}/disc`, 'half');

    const file = await ensure([]);

    expect((await readdir(discs())).sort()).to.deep.equal([name(startTime ?? 1), basename(file)].sort());
  });

  it('is refused with every problem of the files at once, before anything is written', async () => {
    const changed = await put(folder.path, 'b.msu', 'another one!');
    const items = [item('a.msu', 'A'), item('b.msu', 'B'), item('c.msu', 'C'), item('d.msu', 'D')];
    const sources = { 'b.msu': changed, 'c.msu': join(folder.path, 'gone'), 'd.msu': folder.path };

    expect(await codesThrown(ensure(items, sources))).to.deep.equal([
      'E_MEDIA_MISSING',
      'E_MEDIA_CHECKSUM',
      'E_MEDIA_MISSING',
      'E_FILE_UNREADABLE',
    ]);
    expect(await readdir(discs())).to.deep.equal([]);
  });

  it('never holds a placeholder that is not the planned one', async () => {
    const old = { ...placeholderItem(update), sha256: sha256('what an older lyncimg wrote') };

    expect(await codesThrown(ensure([old]))).to.deep.equal(['E_MEDIA_CHECKSUM']);
  });

  describe('can be refused before anything starts', () => {
    const check = (items: MediaItem[], env = realEnv): Promise<void> => checkMediaDisc({ items, env });

    it('where names are one to Windows and files are not', async () => {
      expect(await codesThrown(check([item('a.msu', 'A'), item('A.MSU', 'B')]))).to.deep.equal([
        'E_DISC_COLLISION',
      ]);
      await check([item('a.msu', 'A'), item('A.MSU', 'A')]);
    });

    it('where no disc has such names', async () => {
      expect(await codesThrown(check([item('a;1', ''), item('n'.repeat(255), '')]))).to.deep.equal([
        'E_DISC_PATH',
        'E_DISC_PATH',
      ]);
    });

    it('where a file needs UDF and nothing here makes it', async () => {
      const large: MediaItem = { ...item('install.wim', ''), sizeBytes: 5 * 2 ** 30 };
      const env = await onlyTools(folder.path, 'xorriso');

      const error = await check([large], env).catch((caught: unknown) => caught);

      expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_DISC_TOOL');
      expect((error as LyncimgError).message).to.include('install.wim');
      await check([large]);
    });
  });

  it('is left alone by an interrupted command', async () => {
    const lies = await put(folder.path, 'a.msu', 'A');
    const reason = new Error('Ctrl-C');

    const making = ensure([item('a.msu', 'A')], { 'a.msu': lies }, { signal: AbortSignal.abort(reason) });

    expect(await making.catch((caught: unknown) => caught)).to.equal(reason);
    expect(await readdir(discs())).to.deep.equal([]);
  });

  it('is no disc where a file changes in the moment between hashing and writing', async () => {
    const lies = await put(folder.path, 'a.msu', 'A');
    const env = await falseXorriso(
      folder.path,
      `printf B > "${lies}"\nexec "${await realTool('xorriso')}" "$@"`,
    );

    const error = await ensure([item('a.msu', 'A')], { 'a.msu': lies }, { env }).catch(
      (caught: unknown) => caught,
    );

    expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_DISC_SOURCE');
    expect(await readFile(lies, 'utf8')).to.equal('B');
    expect(await readdir(discs())).to.deep.equal([]);
  });

  it('is refused where its folder cannot be', async () => {
    await writeFile(discs(), '');
    const error = await ensure([]).catch((caught: unknown) => caught);

    expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_FILE_ACCESS');
  });
});

function pick({ sha256: hash, sizeBytes }: MediaItem): Pick<MediaItem, 'sha256' | 'sizeBytes'> {
  return { sha256: hash, sizeBytes };
}
