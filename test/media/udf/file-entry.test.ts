import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFileEntry, type FileEntry } from '../../../src/media/udf/file-entry.js';
import { tagIds } from '../../../src/media/udf/tag.js';
import { errorOf } from '../windows-media/kit.js';
import {
  block,
  change,
  descriptor,
  extents,
  fileEntry,
  sourceOf,
  type EntryOptions,
  type Extent,
  type Image,
} from './kit.js';

const at = 10;
const address = { partition: 0, block: at };

/** One partition that begins with the image. */
function imageWith(entry: Partial<EntryOptions>, more: [number, Buffer][] = []): Image {
  const options: EntryOptions = { type: 5, sizeBytes: 100, inside: Buffer.alloc(0), form: 'short', ...entry };
  return { sectors: new Map([[at, fileEntry(at, options)], ...more]), sizeBytes: 2 ** 40 };
}

function read(image: Image): Promise<FileEntry> {
  const partition = {
    ranges: (first: number, length: number) => [{ offset: first * block, length }],
  };
  return readFileEntry({ source: sourceOf(image), partitions: [partition] }, address);
}

const list = (extent: Extent[]): Buffer => extents(extent, 'short');
const continued = (to: number, pieces: Buffer): [number, Buffer] => [
  to,
  descriptor(tagIds.allocationExtent, to, (bytes) => {
    bytes.writeUInt32LE(pieces.length, 20);
    pieces.copy(bytes, 24);
  }),
];

describe('a file entry', () => {
  it('says where the pieces of a file lie, without what is behind its end', async () => {
    const inside = list([
      { length: 2 * block, block: 20 },
      { length: block, block: 40 },
      { length: block, block: 50 },
    ]);
    const { kind, data } = await read(imageWith({ sizeBytes: 2 * block + 7, inside }));

    expect(kind).to.equal('file');
    expect(data).to.deep.equal({
      ranges: [
        { offset: 20 * block, length: 2 * block },
        { offset: 40 * block, length: 7 },
      ],
    });
  });

  it('has zeros where nothing was recorded', async () => {
    const inside = list([
      { type: 1, length: block, block: 20 },
      { type: 2, length: block, block: 0 },
      { length: block, block: 40 },
    ]);
    const { data } = await read(imageWith({ sizeBytes: 3 * block, inside }));

    expect(data).to.deep.equal({
      ranges: [
        { offset: null, length: block },
        { offset: null, length: block },
        { offset: 40 * block, length: block },
      ],
    });
  });

  it('may have the list of its pieces go on in further blocks', async () => {
    const more = [
      continued(
        11,
        list([
          { length: block, block: 30 },
          { type: 3, length: block, block: 12 },
        ]),
      ),
      continued(12, list([{ length: block, block: 31 }])),
    ];
    const inside = list([
      { length: block, block: 20 },
      { type: 3, length: block, block: 11 },
      { length: block, block: 99 },
    ]);
    const { data } = await read(imageWith({ sizeBytes: 3 * block, inside }, more));

    expect('ranges' in data && data.ranges.map(({ offset }) => offset! / block)).to.deep.equal([20, 30, 31]);
  });

  const leadingTo = (to: number): Buffer => list([{ type: 3, length: block, block: to }]);
  const many = Array.from({ length: 150 }, (_, index) => continued(100 + index, leadingTo(101 + index)));
  const full = list(Array.from({ length: 200 }, (_, index) => ({ length: block, block: index })));
  const pieces = Array.from({ length: 99 }, (_, index) =>
    continued(100 + index, Buffer.concat([full, leadingTo(101 + index)])),
  );
  const broken: Record<string, [image: Image, says: string]> = {
    'its list goes on in itself': [
      imageWith({ inside: leadingTo(11) }, [continued(11, leadingTo(11))]),
      'leads back to itself',
    ],
    'its list leads in a circle': [
      imageWith({ inside: leadingTo(11) }, [continued(11, leadingTo(12)), continued(12, leadingTo(11))]),
      'leads back to itself',
    ],
    'its list has no end': [imageWith({ inside: leadingTo(100) }, many), 'without an end'],
    'it lies in too many pieces': [imageWith({ inside: leadingTo(100) }, pieces), 'more than 10000 pieces'],
    'its list goes on in what is none': [imageWith({ inside: leadingTo(11) }), 'descriptor of type 0'],
    'its list goes on in more than a block': [
      imageWith({ inside: leadingTo(11) }, [
        [11, descriptor(tagIds.allocationExtent, 11, (bytes) => bytes.writeUInt32LE(9000, 20))],
      ]),
      'longer than its block',
    ],
    'a piece lies in a partition that there is none of': [
      imageWith({ form: 'long', inside: extents([{ length: block, block: 1, partition: 4 }], 'long') }),
      'names partition 4',
    ],
    'it has less room than bytes': [
      imageWith({ sizeBytes: block + 1, inside: list([{ length: block, block: 20 }]) }),
      'less room than bytes',
    ],
    'it holds less than it says': [
      imageWith({ form: 'embedded', inside: Buffer.alloc(50) }),
      'less than it says',
    ],
    'its size is beyond any': [imageWith({ sizeBytes: 2 ** 60 }), '1152921504606846976 bytes'],
  };
  for (const [when, [image, says]] of Object.entries(broken)) {
    it(`is damaged where ${when}`, async () => {
      const error = await errorOf(read(image));
      expect(error.code).to.equal('E_ISO_DAMAGED');
      expect(error.message).to.contain(says);
    });
  }

  it('is damaged where its parts are longer than its block, or it is none', async () => {
    for (const place of [168, 172]) {
      const image = imageWith({});
      change(image, at, (bytes) => bytes.writeUInt32LE(0xffffffff, place));
      expect((await errorOf(read(image))).message).to.contain('longer than its block');
    }
    expect((await errorOf(read({ sectors: new Map(), sizeBytes: 2 ** 30 }))).code).to.equal('E_ISO_DAMAGED');
  });

  it('of a write-once disc, or with extended allocation descriptors, is not read', async () => {
    const once = imageWith({});
    change(once, at, (bytes) => bytes.writeUInt16LE(4096, 20));
    expect((await errorOf(read(once))).code).to.equal('E_ISO_UNSUPPORTED');

    const extended = imageWith({});
    change(extended, at, (bytes) => bytes.writeUInt16LE(2, 34));
    expect((await errorOf(read(extended))).code).to.equal('E_ISO_UNSUPPORTED');
  });

  it('in a partition that there is none of is damaged', async () => {
    const source = sourceOf(imageWith({}));
    expect((await errorOf(readFileEntry({ source, partitions: [] }, address))).message).to.contain(
      'partition 0',
    );
  });
});
