// A file entry, plain or extended (ECMA-167 4/14.9 and 4/14.17): what a file is, how long, and where its bytes lie.
import { readAllocation, type AllocationForm } from './allocation.js';
import { damaged, unsupported } from './problems.js';
import { readRanges, sliceRanges } from './ranges.js';
import { tagIdOf, tagIds, tagProblem } from './tag.js';
import { blockSize, type BlockAddress, type ByteRange, type VolumeContext } from './types.js';

export interface FileEntry {
  kind: 'file' | 'directory' | 'metadata' | 'other';
  sizeBytes: number;
  /** Small files stand in their entry. */
  data: { bytes: Buffer } | { ranges: ByteRange[] };
  /** Byte in the image of the entry itself. */
  at: number;
}

const kinds: Readonly<Record<number, FileEntry['kind']>> = {
  4: 'directory',
  5: 'file',
  250: 'metadata',
  251: 'metadata',
};

const forms: Readonly<Record<number, AllocationForm>> = { 0: 'short', 1: 'long' };
const embedded = 3;

export async function readFileEntry(volume: VolumeContext, address: BlockAddress): Promise<FileEntry> {
  const { source } = volume;
  const what = 'the entry of a file';
  const ranges = partitionOf(volume, address).ranges(address.block, blockSize);
  const at = ranges[0]?.offset ?? 0;
  const wrong = (why: string): Error => damaged(source, what, at, why);
  const bytes = await readRanges(source, ranges, what);
  const ids = [tagIds.fileEntry, tagIds.extendedFileEntry];
  const problem = tagProblem(bytes, { ids, block: address.block });
  if (problem !== null) throw wrong(problem);
  if (bytes.readUInt16LE(20) !== 4) throw unsupported(source, 'its files are kept as on write-once discs');

  const place = tagIdOf(bytes) === tagIds.fileEntry ? 168 : 208;
  const start = place + 8 + bytes.readUInt32LE(place);
  const end = start + bytes.readUInt32LE(place + 4);
  if (end > bytes.length) throw wrong('is longer than its block');
  const size = bytes.readBigUInt64LE(56);
  if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw wrong(`has a size of ${size.toString()} bytes`);
  const sizeBytes = Number(size);
  const kind = kinds[bytes.readUInt8(27)] ?? 'other';

  const inside = bytes.subarray(start, end);
  const way = bytes.readUInt16LE(34) & 7;
  if (way === embedded) {
    if (sizeBytes > inside.length) throw wrong('holds less than it says');
    return { kind, sizeBytes, data: { bytes: inside.subarray(0, sizeBytes) }, at };
  }
  const form = forms[way];
  if (form === undefined) throw unsupported(source, 'it has extended allocation descriptors');
  const allocated = await readAllocation(volume, inside, { form, partition: address.partition, at });
  const data = sliceRanges(allocated, 0, sizeBytes);
  if (data === null) throw wrong('has less room than bytes');
  return { kind, sizeBytes, data: { ranges: data }, at };
}

function partitionOf({ source, partitions }: VolumeContext, { partition }: BlockAddress) {
  const found = partitions[partition];
  if (found !== undefined) return found;
  throw damaged(source, 'an address', 0, `names partition ${partition}, which there is none of`);
}
