import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openUdf, type UdfVolume } from '../../../src/media/udf/volume.js';
import { codeOf } from '../windows-media/kit.js';
import {
  block,
  change,
  fileIdentifier,
  partitionStart,
  sourceOf,
  tagged,
  volumeOf,
  type Tree,
  type VolumeOptions,
} from './kit.js';

const tree: Tree = {
  'readme.txt': Buffer.from('read me'),
  Sources: { 'Install.WIM': Buffer.from('a wim'), empty: {}, nothing: Buffer.alloc(0) },
};
const forms: Record<string, VolumeOptions> = {
  'short allocation descriptors (UDF 1.02, as Windows media have them)': { form: 'short' },
  'long allocation descriptors': { form: 'long' },
  'files within their entries': { form: 'embedded' },
  'extended file entries': { form: 'short', extended: true },
  'extended file entries that hold their files': { form: 'embedded', extended: true },
  'a metadata partition (UDF 2.50)': { form: 'long', extended: true, metadata: true },
};

async function text(volume: UdfVolume, path: string): Promise<string | null> {
  const file = await volume.file(path);
  return file === null ? null : (await file.read(0, file.sizeBytes, path)).toString();
}

describe('a UDF volume', () => {
  for (const [name, options] of Object.entries(forms)) {
    it(`with ${name} is read`, async () => {
      const volume = await openUdf(sourceOf(volumeOf(tree, { ...options, label: 'IRM_SSS_X64FREE' })));

      expect(volume.label).to.equal('IRM_SSS_X64FREE');
      expect(await text(volume, 'readme.txt')).to.equal('read me');
      expect(await text(volume, 'sources/install.wim')).to.equal('a wim');
      expect(await text(volume, 'Sources/nothing')).to.equal('');
      expect(await volume.names('SOURCES')).to.deep.equal(['Install.WIM', 'empty', 'nothing']);
      expect(await volume.names('sources/EMPTY')).to.deep.equal([]);
      expect(await volume.names('')).to.deep.equal(['readme.txt', 'Sources']);
    });
  }

  it('has no file where there is none, where there is a directory, and below a file', async () => {
    const volume = await openUdf(sourceOf(volumeOf(tree)));

    expect(await volume.file('sources/install.esd')).to.equal(null);
    expect(await volume.file('sources')).to.equal(null);
    expect(await volume.file('readme.txt/more')).to.equal(null);
    expect(await volume.names('readme.txt')).to.equal(null);
    expect(await volume.names('boot')).to.equal(null);
  });

  it('tells names apart that differ in case alone, and takes the first where none is exact', async () => {
    const volume = await openUdf(
      sourceOf(volumeOf({ 'A.txt': Buffer.from('first'), 'a.TXT': Buffer.from('second') })),
    );

    expect(await text(volume, 'a.TXT')).to.equal('second');
    expect(await text(volume, 'a.txt')).to.equal('first');
  });

  it('has names with blanks, quotes and any letters', async () => {
    const names = ['with blank', `"quoted" 'twice'`, 'Ünïcode', '日本語 😀', '__proto__', 'constructor'];
    const volume = await openUdf(
      sourceOf(volumeOf(Object.fromEntries(names.map((name) => [`x${name}`, Buffer.from(name)])))),
    );

    expect(await volume.names('')).to.deep.equal(names.map((name) => `x${name}`));
    for (const name of names) expect(await text(volume, `x${name}`)).to.equal(name);
    expect(await text(volume, 'XÜNÏCODE')).to.equal('Ünïcode');
    expect(await volume.file('__proto__')).to.equal(null);
  });

  it('reads part of a file, also across its pieces of a gigabyte', async () => {
    const at = 2 ** 30 - block;
    const pieces = [
      { offset: at - block, bytes: Buffer.alloc(block, 'a') },
      { offset: at, bytes: Buffer.alloc(block, 'b') },
    ];
    const source = sourceOf(volumeOf({ big: { sizeBytes: 5_000_000_000, pieces } }));
    const file = await (await openUdf(source)).file('big');

    expect(file?.sizeBytes).to.equal(5_000_000_000);
    expect((await file!.read(at - 3, 6, 'it')).toString()).to.equal('aaabbb');
    expect((await file!.read(4_999_999_999, 1, 'it')).toString()).to.equal('\0');
    expect(await codeOf(file!.read(4_999_999_999, 2, 'it'))).to.equal('E_ISO_DAMAGED');
  });

  it('is found with few reads, of few bytes, whatever its size', async () => {
    const big = { sizeBytes: 5_000_000_000, pieces: [] };
    const source = sourceOf(volumeOf({ sources: { 'install.wim': big } }));
    await (await openUdf(source)).file('sources/install.wim');

    expect(source.reads.length).to.be.below(15);
    expect(source.reads.reduce((sum, { length }) => sum + length, 0)).to.be.below(200 * 1024);
  });

  it('leaves out what is deleted', async () => {
    const volume = volumeOf({ gone: Buffer.from('x'), here: Buffer.from('y') });
    const directory = volume.entries.get('')! - 1;
    const bytes = volume.sectors.get(volume.sector(directory))!;
    const first = fileIdentifier('', 0, { flags: 0x0a }).length;
    bytes.writeUInt8(0x04, first + 18);
    tagged(bytes.subarray(first, first + fileIdentifier('gone', 0).length), 257, 0);

    expect(await (await openUdf(sourceOf(volume))).names('')).to.deep.equal(['here']);
  });

  for (const [what, target] of [
    ['itself', 'a'],
    ['its parent', ''],
  ] as const) {
    it(`with a directory whose entry leads to ${what} is damaged where that is looked up`, async () => {
      const volume = volumeOf({ a: { b: Buffer.from('x') } });
      const listing = volume.sectors.get(volume.sector(volume.entries.get('a')! - 1))!;
      const first = fileIdentifier('', 0, { flags: 0x0a }).length;
      const looped = fileIdentifier('b', volume.entries.get(target)!, { flags: 0x02 });
      looped.copy(listing, first);
      const opened = await openUdf(sourceOf(volume));

      expect(await opened.names('a')).to.deep.equal(['b']);
      expect(await codeOf(opened.file('a/b/b/b'))).to.equal('E_ISO_DAMAGED');
    });
  }

  it('is cut short where a file would end behind the image, and says which', async () => {
    const volume = volumeOf({ 'install.wim': Buffer.alloc(5 * block), small: Buffer.from('x') });
    const opened = await openUdf(sourceOf({ ...volume, sizeBytes: volume.sizeBytes - 2 * block }));

    const error = await opened.file('install.wim').catch((caught: unknown) => caught);
    expect(error).to.include({ code: 'E_ISO_CUT_SHORT' });
    expect((error as Error).message).to.contain('install.wim would end at byte');
    expect(opened.spanBytes).to.equal(volume.sizeBytes);
  });

  it('is damaged where a directory is larger than any', async () => {
    const volume = volumeOf({ a: {} });
    change(volume, volume.sector(volume.entries.get('a')!), (bytes) => {
      bytes.writeBigUInt64LE(2n ** 29n, 56);
      bytes.writeUInt32LE(2 ** 29, 200);
    });
    const opened = await openUdf(sourceOf({ ...volume, sizeBytes: 2 ** 31 }));

    expect(await codeOf(opened.names('a'))).to.equal('E_ISO_DAMAGED');
  });

  it('is damaged where its file set is none, or lies in a partition that there is none of', async () => {
    const broken = volumeOf({});
    broken.sectors.get(partitionStart)!.writeUInt8(1, 500);
    expect(await codeOf(openUdf(sourceOf(broken)))).to.equal('E_ISO_DAMAGED');

    const elsewhere = volumeOf({});
    change(elsewhere, 33, (bytes) => bytes.writeUInt16LE(7, 256));
    expect(await codeOf(openUdf(sourceOf(elsewhere)))).to.equal('E_ISO_DAMAGED');
  });
});
