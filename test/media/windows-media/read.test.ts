import { execa } from 'execa';
import { expect } from 'chai';
import { before, after, describe, it } from 'mocha';
import { chmod, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  judgeMedia,
  placeholderText,
  readWindowsMedia,
  type WindowsMedia,
} from '../../../src/media/index.js';
import { withFile } from '../../../src/media/udf/byte-source.js';
import { openUdf } from '../../../src/media/udf/volume.js';
import { mediaOf } from '../../../src/media/windows-media/read.js';
import { imagesOf, labels, makeIso, windowsIso, type WindowsOfTests } from '../../helpers/windows-iso.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { sourceOf, volumeOf } from '../udf/kit.js';
import { imageXml, wimBytes, wimHeader, xmlBytes } from '../wim/kit.js';
import { codeOf, errorOf, systems } from './kit.js';

describe('Windows media', () => {
  const folder = temporaryFolder();
  const isoWith = async (
    options: Parameters<typeof windowsIso>[2],
    os: WindowsOfTests = '2012r2',
  ): Promise<WindowsMedia> => readWindowsMedia(await windowsIso(folder.path, os, options));

  for (const os of ['2008r2', '2012', '2012r2'] as const) {
    for (const evaluation of [false, true]) {
      it(`of ${os} ${evaluation ? 'for evaluation' : 'of a volume licence'} are read, and each edition fits`, async () => {
        const media = await isoWith({ evaluation }, os);
        const made = imagesOf(os, { evaluation });

        expect(media.label).to.equal(labels[os][evaluation ? 'evaluation' : 'volume']);
        expect(media).to.include({ evaluation, volumeLicence: !evaluation, sxs: os !== '2008r2' });
        expect(media.installImage).to.include({ path: 'sources/install.wim', kind: 'wim', parts: 1 });
        expect(media.images.map(({ index, name, editionId }) => [index, name, editionId])).to.deep.equal(
          made.map(({ name, properties }, at) => [at + 1, name, properties['WINDOWS/EDITIONID']]),
        );
        for (const { id, imageName } of systems[os].editions) {
          const judged = judgeMedia(media, {
            os: systems[os],
            edition: id,
            key: evaluation ? 'none' : 'kms',
          });
          expect(judged.findings).to.deep.equal([]);
          expect(judged.image?.name).to.equal(imageName);
        }
      });
    }
  }

  it('with an ESD are read', async () => {
    const { installImage, images } = await isoWith({ kind: 'esd' });
    expect(installImage).to.include({ path: 'sources/install.esd', kind: 'esd', parts: 1 });
    expect(images).to.have.length(4);
  });

  it('with a split WIM are read, also where parts are missing', async () => {
    const whole = await isoWith({ kind: 'swm', images: imagesOf('2012r2').slice(0, 2) });
    expect(whole.installImage).to.deep.include({ kind: 'swm', parts: 3, missingParts: [] });

    const images = imagesOf('2012r2').slice(0, 2);
    const part = await isoWith({ kind: 'swm', images, without: ['sources/install2.swm'] });
    expect(part.installImage?.missingParts).to.deep.equal(['sources/install2.swm']);
    expect(part.images.map(({ name }) => name)).to.deep.equal(images.map(({ name }) => name));
  });

  it('name no more than twenty missing parts', async () => {
    const swm = wimBytes(`<WIM>${imageXml()}</WIM>`, { parts: 999 });
    const { installImage } = await mediaOf(sourceOf(volumeOf({ sources: { 'install.swm': swm } })));
    expect(installImage?.parts).to.equal(999);
    expect(installImage?.missingParts).to.have.length(20);
  });

  it('are known as what ei.cfg says, in UTF-8 or UTF-16, and not by one that is no such file', async () => {
    const wim = wimBytes(`<WIM>${imageXml()}</WIM>`);
    const volumeOfConfig = async (bytes: Buffer): Promise<unknown> =>
      (await mediaOf(sourceOf(volumeOf({ sources: { 'install.wim': wim, 'EI.CFG': bytes } })))).volumeLicence;

    expect(await volumeOfConfig(Buffer.from('\ufeff[VL]\r\n1'))).to.equal(true);
    expect(await volumeOfConfig(Buffer.from('\ufeff[VL]\r\n0', 'utf16le'))).to.equal(false);
    expect(await volumeOfConfig(Buffer.alloc(65 * 1024, '[VL]\n1\n'))).to.equal('unknown');
    expect(await volumeOfConfig(Buffer.alloc(0))).to.equal('unknown');
  });

  it('have .NET Framework 3.5 as a cabinet or as folders, and not in an empty folder', async () => {
    const sxs = async (names: Record<string, Buffer>): Promise<boolean> =>
      (await mediaOf(sourceOf(volumeOf({ sources: { sxs: names } })))).sxs;

    expect(await sxs({ 'Microsoft-Windows-NetFx3-OnDemand-Package.cab': Buffer.from('x') })).to.equal(true);
    expect(
      await sxs({ 'amd64_microsoft-windows-netfx3-core_31bf_6.2.9200.16384_none': Buffer.from('x') }),
    ).to.equal(true);
    expect(await sxs({ 'other.cab': Buffer.from('x') })).to.equal(false);
    expect(await sxs({})).to.equal(false);
  });

  it('of five gigabytes are read with few bytes', async () => {
    const xml = xmlBytes(`<WIM>${imageXml()}</WIM>`);
    const offset = 4_800_000_000 - (4_800_000_000 % 2048);
    const header = wimHeader({ xml: { offset, length: xml.length } });
    const pieces = [
      { offset: 0, bytes: header },
      { offset, bytes: xml },
    ];
    const source = sourceOf(volumeOf({ sources: { 'install.wim': { sizeBytes: 5_000_000_000, pieces } } }));
    const media = await mediaOf(source);

    expect(media.images[0]?.editionId).to.equal('ServerStandard');
    expect(media.sizeBytes).to.be.above(5_000_000_000);
    expect(source.reads.length).to.be.below(30);
    expect(source.reads.reduce((sum, { length }) => sum + length, 0)).to.be.below(256 * 1024);
  });

  it('are found in any case of letters', async () => {
    const wim = wimBytes(`<WIM>${imageXml()}</WIM>`);
    const media = await mediaOf(sourceOf(volumeOf({ SOURCES: { 'INSTALL.WIM': wim } })));
    expect(media.images).to.have.length(1);
  });

  describe('as other tools have them', () => {
    let place: string;
    let iso: string;
    const files = {
      'with blank/a b.txt': '1',
      [`quotes/"double" 'single'.txt`]: '22',
      'Ünïcode/日本語.txt': '333',
      'sources/EI.CFG': '[Channel]\r\nVolume\r\n',
    };
    before(async () => {
      place = await mkdtemp(join(tmpdir(), 'lyncimg-test-'));
      iso = await windowsIso(place, '2012r2', { files });
    });
    after(async () => {
      await rm(place, { recursive: true });
    });

    it('have the files and sizes that 7z lists, and their content', async () => {
      const { stdout } = await execa('7z', ['l', '-slt', '-ba', '-tudf', iso]);
      const listed = [...stdout.matchAll(/^Path = (.*)\nFolder = -\nSize = (\d+)/gm)].map(
        ([, path, size]) => [path, Number(size)] as const,
      );
      expect(listed.map(([path]) => path)).to.include.members(Object.keys(files));

      const sizeBytes = (await readFile(iso)).length;
      await withFile({ path: iso, sizeBytes }, undefined, async (source) => {
        const volume = await openUdf(source);
        for (const [path, size] of listed) expect((await volume.file(path!))?.sizeBytes, path).to.equal(size);
        for (const [path, text] of Object.entries(files)) {
          const file = await volume.file(path);
          expect((await file?.read(0, file.sizeBytes, path))?.toString()).to.equal(text);
        }
      });
    });

    it('are unreadable where they end within their tables, the header or the body of the WIM', async () => {
      const { size, offset } = await wimIn(iso);
      const outcomes: Record<string, string> = {};
      for (const [where, length] of Object.entries({
        'the first descriptors': 36_000,
        'the anchor': 257 * 2048 - 1,
        'the file set': 258 * 2048 - 1,
        'the header of the WIM': offset + 100,
        'the XML of the WIM': offset + size - 10,
      })) {
        const cut = join(folder.path, 'cut.iso');
        await writeFile(cut, await readFile(iso));
        await truncate(cut, length);
        outcomes[where] = await codeOf(readWindowsMedia(cut));
      }
      expect(outcomes).to.deep.equal({
        'the first descriptors': 'E_ISO_CUT_SHORT',
        'the anchor': 'E_ISO_CUT_SHORT',
        'the file set': 'E_ISO_CUT_SHORT',
        'the header of the WIM': 'E_ISO_CUT_SHORT',
        'the XML of the WIM': 'E_ISO_CUT_SHORT',
      });
    });

    it('are damaged where a byte of their tables is another', async () => {
      const broken = join(folder.path, 'broken.iso');
      const bytes = await readFile(iso);
      bytes.writeUInt8(bytes.readUInt8(257 * 2048 + 300) ^ 1, 257 * 2048 + 300);
      await writeFile(broken, bytes);
      expect(await codeOf(readWindowsMedia(broken))).to.equal('E_ISO_DAMAGED');
    });
  });

  it('are none without an install image', async () => {
    const { installImage, images } = await isoWith({ without: ['sources/install.wim'] });
    expect(installImage).to.equal(null);
    expect(images).to.deep.equal([]);
  });

  it('are none on an empty volume', async () => {
    const path = join(folder.path, 'empty.udf');
    await writeFile(path, '');
    await truncate(path, 10 * 1024 * 1024);
    // A user's PATH has no /usr/sbin.
    await execa('/usr/sbin/mkudffs', ['--blocksize=2048', '--label=NOTHING', path]);

    expect(await readWindowsMedia(path)).to.deep.include({
      label: 'NOTHING',
      installImage: null,
      images: [],
    });
  });

  it('with something else for a WIM are unreadable', async () => {
    const tree = join(folder.path, 'tree');
    await mkdir(join(tree, 'sources'), { recursive: true });
    await writeFile(join(tree, 'sources/install.wim'), 'this is no WIM');
    const error = await errorOf(readWindowsMedia(await makeIso(join(folder.path, 'w.iso'), tree)));

    expect(error.code).to.equal('E_WIM_UNREADABLE');
    expect(error.message).to.contain('sources/install.wim').and.to.contain('it is no WIM');
  });

  it('with a WIM whose XML claims ten gigabytes are unreadable, and nothing of it is read', async () => {
    const lying = wimHeader({ xml: { offset: 208, length: 10_000_000_000 } });
    const source = sourceOf(volumeOf({ sources: { 'install.wim': lying } }));

    expect(await codeOf(mediaOf(source))).to.equal('E_WIM_UNREADABLE');
    expect(source.reads.reduce((sum, { length }) => sum + length, 0)).to.be.below(256 * 1024);
  });

  it('with ISO 9660 alone are none', async () => {
    const tree = join(folder.path, 'tree');
    await mkdir(tree);
    await writeFile(join(tree, 'readme.txt'), 'This disc contains a "UDF" file system.');
    const error = await errorOf(
      readWindowsMedia(await makeIso(join(folder.path, 'w.iso'), tree, { udf: false })),
    );

    expect(error.code).to.equal('E_ISO_NO_UDF');
    expect(error.message).to.contain('ISO 9660 alone');
  });

  it('are no folder, no empty file, no placeholder and nothing that is not there', async () => {
    const empty = join(folder.path, 'empty.iso');
    await writeFile(empty, '');
    expect((await errorOf(readWindowsMedia(empty))).message).to.contain('It is empty.');
    expect((await errorOf(readWindowsMedia(folder.path))).message).to.contain('it is a folder');
    expect((await errorOf(readWindowsMedia(join(folder.path, 'none.iso')))).message).to.contain(
      'it does not exist',
    );

    const placeholder = join(folder.path, 'placeholder.iso');
    await writeFile(placeholder, placeholderText({ path: 'a', title: 'A' }));
    expect(await codeOf(readWindowsMedia(placeholder))).to.equal('E_MEDIA_PLACEHOLDER');
  });

  it('are unreadable to who may not read them', async () => {
    const iso = join(folder.path, 'secret.iso');
    await writeFile(iso, 'x');
    await chmod(iso, 0);
    const error = await asNobody(() => errorOf(readWindowsMedia(iso)));

    expect(error).to.include({ code: 'E_FILE_UNREADABLE', exitCode: 2 });
    expect(error.message).to.contain('permission denied');
  });

  it('are not read further once the command is interrupted', async () => {
    const iso = await windowsIso(folder.path, '2012r2', { images: imagesOf('2012r2').slice(0, 1) });
    const interrupted = new Error('Ctrl-C');
    const reading = readWindowsMedia(iso, { signal: AbortSignal.abort(interrupted) });

    expect(await reading.catch((error: unknown) => error)).to.equal(interrupted);
  });
});

/** Where the WIM lies in an ISO: its header is where a sector begins with its magic. */
async function wimIn(iso: string): Promise<{ offset: number; size: number }> {
  const bytes = await readFile(iso);
  const sizeBytes = bytes.length;
  const size = await withFile({ path: iso, sizeBytes }, undefined, async (source) => {
    const file = await (await openUdf(source)).file('sources/install.wim');
    return file?.sizeBytes ?? 0;
  });
  return { offset: bytes.indexOf('MSWIM\0\0\0', 0, 'latin1'), size };
}

/** Root may read everything. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
