import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openUdf } from '../../../src/media/udf/volume.js';
import { codeOf, errorOf } from '../windows-media/kit.js';
import { change, partitionStart, sequenceStart, sourceOf, volumeOf, type Volume } from './kit.js';

const logicalVolume = sequenceStart + 1;
const withMetadata = (): Volume =>
  volumeOf({ 'a.txt': Buffer.from('x') }, { form: 'long', extended: true, metadata: true });

function edited(edit: (bytes: Buffer) => void): Volume {
  const image = volumeOf({});
  change(image, logicalVolume, edit);
  return image;
}

describe('the partitions of a volume', () => {
  const broken: Record<string, [edit: (bytes: Buffer) => void, says: string]> = {
    'there are none of them': [(bytes) => bytes.writeUInt32LE(0, 268), '0 partitions'],
    'there are too many': [(bytes) => bytes.writeUInt32LE(0xffffffff, 268), '4294967295 partitions'],
    'their table is longer than its block': [(bytes) => bytes.writeUInt32LE(5000, 264), 'longer than itself'],
    'their table ends early': [(bytes) => bytes.writeUInt32LE(2, 268), 'a broken table'],
    'one has no length': [(bytes) => bytes.writeUInt8(0, 441), 'a broken table'],
    'one has a number that no partition has': [(bytes) => bytes.writeUInt16LE(3, 444), 'names partition 3'],
  };
  for (const [when, [edit, says]] of Object.entries(broken)) {
    it(`are damaged where ${when}`, async () => {
      const error = await errorOf(openUdf(sourceOf(edited(edit))));
      expect(error.code).to.equal('E_ISO_DAMAGED');
      expect(error.message).to.contain(says);
    });
  }

  const forms: Record<string, [edit: (bytes: Buffer) => void, says: string]> = {
    'a virtual partition': [named('*UDF Virtual Partition'), 'virtual partition'],
    'a sparable partition': [named('*UDF Sparable Partition'), 'sparable partition'],
    'a partition of an unknown sort': [named('*Something else'), 'a partition of type 2'],
    'blocks of 512 bytes': [(bytes) => bytes.writeUInt32LE(512, 212), '512 bytes, not 2048'],
  };
  for (const [what, [edit, says]] of Object.entries(forms)) {
    it(`of a volume with ${what} are not read, and the message says why`, async () => {
      const error = await errorOf(openUdf(sourceOf(edited(edit))));
      expect(error.code).to.equal('E_ISO_UNSUPPORTED');
      expect(error.message).to.contain(says);
    });
  }

  it('of metadata come from the mirror where the file itself is damaged', async () => {
    const image = withMetadata();
    image.sectors.get(partitionStart)!.writeUInt8(1, 900);
    expect(await (await openUdf(sourceOf(image))).names('')).to.deep.equal(['a.txt']);

    image.sectors.get(partitionStart + 1)!.writeUInt8(1, 900);
    expect(await codeOf(openUdf(sourceOf(image)))).to.equal('E_ISO_DAMAGED');
  });

  it('of metadata are damaged where that file is another, or has no such block', async () => {
    const other = withMetadata();
    for (const at of [0, 1]) change(other, partitionStart + at, (bytes) => bytes.writeUInt8(5, 27));
    expect((await errorOf(openUdf(sourceOf(other)))).message).to.contain('its metadata partition');

    const far = withMetadata();
    change(far, logicalVolume, (bytes) => bytes.writeUInt32LE(999, 252));
    expect((await errorOf(openUdf(sourceOf(far)))).message).to.contain('has no block 999');
  });
});

function named(identifier: string): (bytes: Buffer) => void {
  return (bytes) => {
    bytes.writeUInt32LE(64, 264);
    bytes.writeUInt8(2, 440);
    bytes.writeUInt8(64, 441);
    bytes.write(identifier, 445, 'latin1');
  };
}
