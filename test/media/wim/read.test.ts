import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFile } from '../../../src/media/udf/byte-source.js';
import { readWim, type Wim } from '../../../src/media/wim/read.js';
import { imagesOf, makeWim, wimlib } from '../../helpers/windows-iso.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { errorOf } from '../windows-media/kit.js';
import { sourceOf } from '../udf/kit.js';
import { imageXml, wimBytes, wimHeader, xmlBytes } from './kit.js';

function readBytes(bytes: Buffer): Promise<Wim> {
  const sectors = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length; at += 2048) sectors.set(at / 2048, bytes.subarray(at, at + 2048));
  return readWim(sourceOf({ sectors, sizeBytes: bytes.length }), 'sources/install.wim');
}

async function readPath(path: string): Promise<Wim> {
  const sizeBytes = (await readFile(path)).length;
  return withFile({ path, sizeBytes }, undefined, (source) => readWim(source, path));
}

describe('a WIM', () => {
  const folder = temporaryFolder();

  it('is read by its header and its XML', async () => {
    const { images } = await readBytes(wimBytes(`<WIM>${imageXml()}</WIM>`));
    expect(images).to.have.length(1);
  });

  const spoiled: Record<string, [bytes: Buffer, says: string]> = {
    'it is none': [Buffer.from('PK\x03\x04 something else'), 'it is no WIM'],
    'it is empty': [Buffer.alloc(0), 'it is no WIM'],
    'it ends within its header': [wimBytes('<WIM/>').subarray(0, 150), 'within its header'],
    'it ends within its XML': [wimBytes('<WIM/>').subarray(0, 215), 'it ends before its XML'],
    'its XML is no UTF-16': [withXml(Buffer.from('<WIM></WIM>.')), 'no UTF-16'],
    'its XML has half a character': [
      withXml(Buffer.concat([xmlBytes('<WIM/>'), Buffer.from('x')])),
      'no UTF-16',
    ],
    'its XML is empty': [withXml(Buffer.alloc(0)), 'no UTF-16'],
    'its XML has fewer images than its header': [wimBytes('<WIM/>'), 'counts 1 images, and its XML 0'],
  };
  for (const [when, [bytes, says]] of Object.entries(spoiled)) {
    it(`is refused where ${when}`, async () => {
      const error = await errorOf(readBytes(bytes));
      expect(error.code).to.equal('E_WIM_UNREADABLE');
      expect(error.message).to.contain(says);
    });
  }

  it('says the same as wimlib, whole, solid (ESD) and split', async () => {
    const [path, large] = [join(folder.path, 'install.wim'), join(folder.path, 'large.wim')];
    const [esd, swm] = [join(folder.path, 'install.esd'), join(folder.path, 'install.swm')];
    const images = imagesOf('2012r2', { evaluation: true });
    await Promise.all([makeWim(path, images), makeWim(large, images, [0.9, 0.9, 0.9])]);
    await Promise.all([wimlib('export', path, 'all', esd, '--solid'), wimlib('split', large, swm, '1')]);

    for (const [file, parts] of [
      [path, 1],
      [esd, 1],
      [swm, 3],
    ] as const) {
      const { header, images: read } = await readPath(file);
      expect(header).to.include({ part: 1, parts, imageCount: 4 });
      const told = await wimlib('info', file);
      expect(told).to.match(new RegExp(`Part Number: +1/${parts}`));
      expect(await xmlOf(file, header)).to.deep.equal(await extractedXml(file));
      expect(read.map(wimlibLines)).to.deep.equal(blocksOf(told));
    }
  });
});

function withXml(data: Buffer): Buffer {
  return Buffer.concat([wimHeader({ xml: { offset: 208, length: data.length } }), data]);
}

/** Where we find the XML, and what wimlib takes for it. */
async function xmlOf(file: string, { xml }: Wim['header']): Promise<Buffer> {
  return (await readFile(file)).subarray(xml.offset, xml.offset + xml.length);
}

async function extractedXml(file: string): Promise<Buffer> {
  await wimlib('info', file, '--extract-xml', `${file}.xml`);
  return readFile(`${file}.xml`);
}

const labels = {
  index: 'Index',
  name: 'Name',
  description: 'Description',
  sizeBytes: 'Total Bytes',
  editionId: 'Edition ID',
  installationType: 'Installation Type',
  productType: 'Product Type',
  defaultLanguage: 'Default Language',
  build: 'Build',
  servicePack: 'Service Pack Level',
  flags: 'Flags',
} as const;

type Told = Record<string, string>;

function wimlibLines(image: Wim['images'][number]): Told {
  const same = Object.entries(labels).map(([key, label]) => [
    label,
    String(image[key as keyof typeof labels]),
  ]);
  const [major, minor, , servicePackBuild] = image.version?.split('.') ?? [];
  return {
    ...(Object.fromEntries(same) as Told),
    Architecture: image.architecture === 'amd64' ? 'x86_64' : '?',
    Languages: image.languages.join(' '),
    'Major Version': String(major),
    'Minor Version': String(minor),
    'Service Pack Build': String(servicePackBuild),
  };
}

/** What wimlib says of each image of what we say something of. */
function blocksOf(told: string): Told[] {
  const [, images = ''] = told.split('Available Images:');
  const wanted = new Set<string>([
    ...Object.values(labels),
    ...['Architecture', 'Languages', 'Major Version', 'Minor Version', 'Service Pack Build'],
  ]);
  return images
    .split(/\n(?=Index: )/)
    .slice(1)
    .map((text) => {
      const lines = text.split('\n').map((line) => /^([\w ]+): *(.*?) *$/.exec(line)?.slice(1) ?? []);
      return Object.fromEntries(lines.filter(([label]) => label !== undefined && wanted.has(label))) as Told;
    });
}
