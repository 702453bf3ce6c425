// Allocation descriptors (ECMA-167 4/14.14): the stretches of a file, which may go on in further blocks.
import { damaged } from './problems.js';
import { readRanges } from './ranges.js';
import { tagIds, tagProblem } from './tag.js';
import { blockSize, type ByteRange, type Partition, type VolumeContext } from './types.js';

export type AllocationForm = 'short' | 'long';

/** A stretch has up to one gigabyte; a file in ten thousand pieces is none that anybody publishes. */
const mostExtents = 10_000;
const mostContinuations = 100;

const recorded = 0;
const goesOn = 3;

export async function readAllocation(
  volume: VolumeContext,
  first: Buffer,
  of: {
    form: AllocationForm;
    /** Of the file entry: short descriptors name none. */
    partition: number;
    /** Byte in the image of the file entry. */
    at: number;
  },
): Promise<ByteRange[]> {
  const wrong = (why: string): Error => damaged(volume.source, 'the entry of a file', of.at, why);
  const partition = (index: number): Partition => {
    const found = volume.partitions[index];
    if (found === undefined) throw wrong(`names partition ${index}, which there is none of`);
    return found;
  };
  const ranges: ByteRange[] = [];
  const seen = new Set<number>();
  for (let descriptors = first; ;) {
    const { extents, next } = parseDescriptors(descriptors, of);
    for (const { type, block, length, partition: index } of extents) {
      if (type === recorded) ranges.push(...partition(index).ranges(block, length));
      else ranges.push({ offset: null, length });
      if (ranges.length > mostExtents) throw wrong(`lies in more than ${mostExtents} pieces`);
    }
    if (next === undefined) return ranges;
    const where = partition(next.partition).ranges(next.block, blockSize);
    const at = where[0]?.offset ?? 0;
    if (seen.has(at)) throw wrong('has a list of pieces that leads back to itself');
    seen.add(at);
    if (seen.size > mostContinuations) throw wrong('has a list of pieces without an end');
    descriptors = await continuation(volume, where, { block: next.block, at });
  }
}

interface Extent {
  type: number;
  length: number;
  partition: number;
  block: number;
}

/** Up to the end of the list, which a length of zero marks, or up to where it goes on in another block. */
function parseDescriptors(
  bytes: Buffer,
  { form, partition }: { form: AllocationForm; partition: number },
): { extents: Extent[]; next?: Extent } {
  const size = form === 'short' ? 8 : 16;
  const extents: Extent[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) {
    const first = bytes.readUInt32LE(at);
    const extent = {
      type: first >>> 30,
      length: first & 0x3fffffff,
      block: bytes.readUInt32LE(at + 4),
      partition: form === 'short' ? partition : bytes.readUInt16LE(at + 8),
    };
    if (extent.length === 0) break;
    if (extent.type === goesOn) return { extents, next: extent };
    extents.push(extent);
  }
  return { extents };
}

async function continuation(
  { source }: VolumeContext,
  where: readonly ByteRange[],
  { block, at }: { block: number; at: number },
): Promise<Buffer> {
  const what = 'a list of the pieces of a file';
  const bytes = await readRanges(source, where, what);
  const problem = tagProblem(bytes, { ids: [tagIds.allocationExtent], block });
  if (problem !== null) throw damaged(source, what, at, problem);
  const end = 24 + bytes.readUInt32LE(20);
  if (end > bytes.length) throw damaged(source, what, at, 'is longer than its block');
  return bytes.subarray(24, end);
}
