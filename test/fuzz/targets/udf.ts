// The tables of a disc image. An input is a few sectors with their numbers, so that it stays small; all others are zeros.
import { LyncimgError } from '../../../src/errors/index.js';
import { mediaOf } from '../../../src/media/windows-media/read.js';
import { block, sourceOf, tagged, volumeOf, type Image, type VolumeOptions } from '../../media/udf/kit.js';
import { imageXml, wimBytes } from '../../media/wim/kit.js';
import type { Random } from '../random.js';
import type { Target } from '../target.js';

const sizeBytes = 2 ** 33;
const record = 4 + block;
/** What a whole reading may take: directories and XML are bounded by a few megabytes each. */
const mostBytes = 64 * 1024 * 1024;
const numbers = [
  0, 1, 2, 3, 7, 31, 64, 0x7f, 0xff, 0x7ff, 0xffff, 0x3fffffff, 0x40000000, 0xc0000800, 0xffffffff,
];

export function udf(): Target {
  const wim = wimBytes(`<WIM>${imageXml()}</WIM>`);
  const files = {
    'install.wim': wim,
    'ei.cfg': Buffer.from('[VL]\n1\n'),
    sxs: { 'netfx3.cab': Buffer.from('x') },
  };
  const options: VolumeOptions[] = [
    { form: 'short' },
    { form: 'long', extended: true },
    { form: 'embedded' },
    { form: 'long', extended: true, metadata: true },
  ];
  return {
    seeds: options.map((option) => pack(volumeOf({ sources: files }, option))),
    words: ['NSR02', 'CD001', 'MSWIM\0\0\0', '*UDF Virtual Partition', '*UDF Metadata Partition'].map(
      (word) => Buffer.from(word),
    ),
    change: changeSector,
    isRefusal: (error) => error instanceof LyncimgError && /^E_(ISO|WIM)_/.test(error.code),
    run: async (input) => {
      const source = sourceOf(unpack(input));
      await mediaOf(source).finally(() => {
        const total = source.reads.reduce((sum, { length }) => sum + length, 0);
        if (total > mostBytes) throw new Error(`${total} bytes were read`);
      });
    },
  };
}

function pack({ sectors }: Image): Buffer {
  return Buffer.concat(
    [...sectors].map(([sector, bytes]) => {
      const packed = Buffer.alloc(record);
      packed.writeUInt32LE(sector, 0);
      bytes.copy(packed, 4);
      return packed;
    }),
  );
}

function unpack(input: Buffer): Image {
  const sectors = new Map<number, Buffer>();
  for (let at = 0; at + record <= input.length; at += record)
    sectors.set(input.readUInt32LE(at) % (sizeBytes / block), input.subarray(at + 4, at + record));
  return { sectors, sizeBytes };
}

/** A number in a sector becomes another one, and its tag right again: else nothing would get past the checksums. */
function changeSector(input: Buffer, random: Random): Buffer {
  const count = Math.floor(input.length / record);
  if (count === 0) return input;
  const changed = Buffer.from(input);
  const start = random.below(count) * record + 4;
  const sector = changed.subarray(start, start + block);
  const id = sector.readUInt16LE(0);
  // Where descriptors have their fields; a directory's names stand closer.
  const at = 16 + random.below(random.pick([48, 240, 500]));
  if (random.below(3) === 0) sector.writeUInt8(random.below(256), at);
  else if (random.below(2) === 0) sector.writeUInt16LE(random.pick(numbers) & 0xffff, at);
  else sector.writeUInt32LE(random.pick(numbers), at);
  if (id > 0 && id < 300 && id !== 257) tagged(sector, id, sector.readUInt32LE(12));
  return changed;
}
