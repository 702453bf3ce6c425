// From the anchor to the descriptors of the volume (ECMA-167 3/8.4 and 3/10): which logical volume there is, and which
// partitions it may lie in.
import { LyncimgError } from '../../errors/index.js';
import { cutShort, type ByteSource } from './byte-source.js';
import { decodeDstring } from './cs0.js';
import { damaged } from './problems.js';
import { tagIdOf, tagIds, tagProblem } from './tag.js';
import { blockSize } from './types.js';

/** In blocks. */
export interface PhysicalPartition {
  start: number;
  length: number;
}

export interface VolumeDescriptors {
  /** What Windows shows as the name of the disc; '' where there is none. */
  label: string;
  logicalVolume: Buffer;
  /** Byte in the image of the logical volume's descriptor. */
  logicalVolumeAt: number;
  /** By partition number. */
  partitions: ReadonlyMap<number, PhysicalPartition>;
}

/** A sequence is sixteen blocks; those of discs that were written to often are longer. */
const mostBlocks = 256;
const firstAnchor = 256;

/** From the main sequence, or from its reserve where that is damaged. */
export async function readVolumeDescriptors(source: ByteSource): Promise<VolumeDescriptors> {
  const anchor = await findAnchor(source);
  try {
    return await readSequence(source, extentAt(anchor, 16));
  } catch (error) {
    const reserve = extentAt(anchor, 24);
    if (!(error instanceof LyncimgError) || error.code !== 'E_ISO_DAMAGED' || reserve.length === 0)
      throw error;
    // What is wrong with the main one is the news where the reserve is no better.
    return readSequence(source, reserve).catch((second: unknown) => {
      throw second instanceof LyncimgError ? error : second;
    });
  }
}

/** At sector 256, 256 before the last one, or the last one. */
async function findAnchor(source: ByteSource): Promise<Buffer> {
  const what = 'the anchor of its volume, in sector 256';
  const last = Math.floor(source.sizeBytes / blockSize) - 1;
  if (last < firstAnchor) throw cutShort(source, what, (firstAnchor + 1) * blockSize);
  let problem = '';
  for (const sector of new Set([firstAnchor, last - firstAnchor, last])) {
    if (sector < 0) continue;
    const bytes = await source.read(sector * blockSize, blockSize, what);
    const found = tagProblem(bytes, { ids: [tagIds.anchor], block: sector });
    if (found === null) return bytes;
    if (problem === '') problem = found;
  }
  throw damaged(source, what, firstAnchor * blockSize, `${problem}, and it has no copy at the end`);
}

interface BlockExtent {
  /** In bytes. */
  length: number;
  block: number;
}

function extentAt(bytes: Buffer, at: number): BlockExtent {
  return { length: bytes.readUInt32LE(at), block: bytes.readUInt32LE(at + 4) };
}

interface Descriptor {
  bytes: Buffer;
  /** Byte in the image. */
  at: number;
}

/** By kind; partitions by kind and number. */
type Descriptors = Map<string, Descriptor>;

/** Of each kind the one with the highest number counts (ECMA-167 3/8.4.3). */
function keepPrevailing(found: Descriptors, kind: string, descriptor: Descriptor): void {
  const before = found.get(kind);
  if (before === undefined || numberOf(before) <= numberOf(descriptor)) found.set(kind, descriptor);
}

function numberOf({ bytes }: Descriptor): number {
  return bytes.readUInt32LE(16);
}

async function readSequence(source: ByteSource, first: BlockExtent): Promise<VolumeDescriptors> {
  const what = 'its sequence of volume descriptors';
  const found: Descriptors = new Map();
  const seen = new Set<number>();
  let blocks = 0;
  for (let extent: BlockExtent | null = first; extent !== null;) {
    const start: number = extent.block * blockSize;
    if (seen.has(extent.block)) throw damaged(source, what, start, 'leads back to itself');
    seen.add(extent.block);
    blocks += Math.ceil(extent.length / blockSize);
    if (blocks > mostBlocks) throw damaged(source, what, start, `has more than ${mostBlocks} blocks`);
    const length = Math.floor(extent.length / blockSize) * blockSize;
    extent = addDescriptors({ source, what, start, found }, await source.read(start, length, what));
  }
  const volume = found.get('logical');
  if (volume === undefined) throw damaged(source, what, first.block * blockSize, 'has no logical volume');
  const primary = found.get('primary');
  const label =
    decodeDstring(volume.bytes.subarray(84, 212)) ||
    (primary === undefined ? '' : decodeDstring(primary.bytes.subarray(24, 56)));
  const partitions = new Map<number, PhysicalPartition>();
  for (const [kind, { bytes }] of found) {
    if (!kind.startsWith('partition')) continue;
    const place = { start: bytes.readUInt32LE(188), length: bytes.readUInt32LE(192) };
    partitions.set(bytes.readUInt16LE(22), place);
  }
  return { label, logicalVolume: volume.bytes, logicalVolumeAt: volume.at, partitions };
}

/** Where the sequence goes on; null at its end. */
function addDescriptors(
  { source, what, start, found }: { source: ByteSource; what: string; start: number; found: Descriptors },
  sequence: Buffer,
): BlockExtent | null {
  for (let at = 0; at + blockSize <= sequence.length; at += blockSize) {
    const bytes = sequence.subarray(at, at + blockSize);
    const id = tagIdOf(bytes);
    // Nothing was written from here on.
    if (id === 0) return null;
    const kind = kindOf(id, bytes);
    if (kind === null) continue;
    const problem = tagProblem(bytes, { ids: [id], block: (start + at) / blockSize });
    if (problem !== null) throw damaged(source, what, start + at, problem);
    if (id === tagIds.terminating) return null;
    if (id === tagIds.volumeDescriptorPointer) return extentAt(bytes, 20);
    keepPrevailing(found, kind, { bytes, at: start + at });
  }
  return null;
}

/** Null for what nobody here needs, whatever state it is in. */
function kindOf(id: number, bytes: Buffer): string | null {
  switch (id) {
    case tagIds.primaryVolume:
      return 'primary';
    case tagIds.logicalVolume:
      return 'logical';
    case tagIds.partition:
      return `partition ${bytes.readUInt16LE(22)}`;
    case tagIds.volumeDescriptorPointer:
    case tagIds.terminating:
      return 'end';
    default:
      return null;
  }
}
