import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tagIds } from '../../../src/media/udf/tag.js';
import { readVolumeDescriptors } from '../../../src/media/udf/volume-descriptors.js';
import { codeOf, errorOf } from '../windows-media/kit.js';
import { block, change, descriptor, dstring, sequenceStart, sourceOf, volumeOf, type Volume } from './kit.js';

const volume = (): Volume => volumeOf({ file: Buffer.alloc(400 * block) }, { label: 'MAIN' });
const labelOf = async (image: Volume): Promise<string> =>
  (await readVolumeDescriptors(sourceOf(image))).label;

/** Copies the sequence to where the anchor's reserve then leads. */
function withReserve(image: Volume, label: string): Volume {
  for (let at = 0; at < 4; at++) {
    const bytes = Buffer.from(image.sectors.get(sequenceStart + at)!);
    if (at === 1) dstring(label, 128).copy(bytes, 84);
    image.sectors.set(200 + at, bytes);
    change(image, 200 + at, () => bytes.writeUInt32LE(200 + at, 12));
  }
  change(image, 256, (bytes) => {
    bytes.writeUInt32LE(16 * block, 24);
    bytes.writeUInt32LE(200, 28);
  });
  return image;
}

function moveAnchor(image: Volume, to: number): Volume {
  const bytes = image.sectors.get(256)!;
  image.sectors.delete(256);
  image.sectors.set(to, bytes);
  change(image, to, () => bytes.writeUInt32LE(to, 12));
  return image;
}

describe('the volume descriptors', () => {
  it('give the label, the logical volume and the partitions', async () => {
    const found = await readVolumeDescriptors(sourceOf(volume()));

    expect(found.label).to.equal('MAIN');
    expect([...found.partitions.keys()]).to.deep.equal([0]);
    expect(found.partitions.get(0)).to.include({ start: 257 });
  });

  it('are found by an anchor at the end where that in sector 256 is none', async () => {
    const image = volume();
    const last = image.sizeBytes / block - 1;

    expect(await labelOf(moveAnchor(volume(), last))).to.equal('MAIN');
    expect(await labelOf(moveAnchor(volume(), last - 256))).to.equal('MAIN');
  });

  it('are not found without an anchor, nor in an image that ends before one', async () => {
    const image = volume();
    image.sectors.delete(256);
    const error = await errorOf(readVolumeDescriptors(sourceOf(image)));
    expect(error.code).to.equal('E_ISO_DAMAGED');
    expect(error.message).to.contain('the anchor of its volume').and.to.contain('at byte 524288');

    const short = { ...volume(), sizeBytes: 256 * block + 10 };
    expect(await codeOf(readVolumeDescriptors(sourceOf(short)))).to.equal('E_ISO_CUT_SHORT');
  });

  it('come from the reserve where the main sequence is damaged', async () => {
    const image = withReserve(volume(), 'RESERVE');
    expect(await labelOf(image)).to.equal('MAIN');

    image.sectors.get(sequenceStart)!.writeUInt8(1, 900);
    expect(await labelOf(image)).to.equal('RESERVE');
  });

  it('are damaged as the main sequence is where both are', async () => {
    const image = withReserve(volume(), 'RESERVE');
    image.sectors.get(sequenceStart)!.writeUInt8(1, 900);
    image.sectors.get(200)!.writeUInt8(1, 900);

    const error = await errorOf(readVolumeDescriptors(sourceOf(image)));
    expect(error.message).to.contain(`at byte ${sequenceStart * block}`);
  });

  it('of a kind that comes twice are those with the higher number', async () => {
    const image = volume();
    const second = (number: number, label: string): Buffer => {
      const bytes = Buffer.from(image.sectors.get(sequenceStart + 1)!);
      bytes.writeUInt32LE(number, 16);
      dstring(label, 128).copy(bytes, 84);
      return bytes;
    };
    const terminator = image.sectors.get(sequenceStart + 3)!;
    [second(5, 'NEWER'), second(4, 'OLDER'), terminator].forEach((bytes, index) => {
      image.sectors.set(sequenceStart + 3 + index, bytes);
      change(image, sequenceStart + 3 + index, () => bytes.writeUInt32LE(sequenceStart + 3 + index, 12));
    });

    expect(await labelOf(image)).to.equal('NEWER');
  });

  it('have the label of the primary volume where the logical one has none', async () => {
    expect(await labelOf(volumeOf({}, { label: '' }))).to.equal('PRIMARY');
  });

  const pointer = (at: number, to: number): Buffer =>
    descriptor(tagIds.volumeDescriptorPointer, at, (bytes) => {
      bytes.writeUInt32LE(16 * block, 20);
      bytes.writeUInt32LE(to, 24);
    });

  it('may go on elsewhere', async () => {
    const image = volume();
    for (let at = 0; at < 4; at++) {
      const bytes = image.sectors.get(sequenceStart + at)!;
      image.sectors.set(100 + at, bytes);
      change(image, 100 + at, () => bytes.writeUInt32LE(100 + at, 12));
    }
    image.sectors.set(sequenceStart, pointer(sequenceStart, 100));

    expect(await labelOf(image)).to.equal('MAIN');
  });

  it('are damaged where they lead back to themselves, or on and on', async () => {
    const image = volume();
    image.sectors.set(sequenceStart + 3, pointer(sequenceStart + 3, sequenceStart));
    expect((await errorOf(readVolumeDescriptors(sourceOf(image)))).message).to.contain(
      'leads back to itself',
    );

    const endless = volume();
    endless.sectors.set(sequenceStart + 3, pointer(sequenceStart + 3, 300));
    for (let at = 0; at < 50; at++) endless.sectors.set(300 + at * 4, pointer(300 + at * 4, 304 + at * 4));
    expect((await errorOf(readVolumeDescriptors(sourceOf(endless)))).message).to.contain(
      'more than 256 blocks',
    );
  });

  it('may hold others, which nobody needs and which may be damaged', async () => {
    const image = volume();
    const unallocated = descriptor(7, 0, () => undefined);
    image.sectors.set(sequenceStart, unallocated);
    unallocated.writeUInt8(1, 900);

    expect(await labelOf(image)).to.equal('MAIN');
  });

  it('are damaged without a logical volume', async () => {
    const image = volume();
    image.sectors.delete(sequenceStart + 1);
    expect((await errorOf(readVolumeDescriptors(sourceOf(image)))).message).to.contain('no logical volume');
  });
});
