// The partitions of a logical volume (ECMA-167 3/10.7 and UDF 2.2.8 to 2.2.10): where a block of one lies in the image.
import type { ByteSource } from './byte-source.js';
import { readFileEntry } from './file-entry.js';
import { damaged, unsupported } from './problems.js';
import { sliceRanges } from './ranges.js';
import { blockSize, type Partition } from './types.js';
import type { PhysicalPartition, VolumeDescriptors } from './volume-descriptors.js';

/** UDF allows more; no Windows media has more than two. */
const mostMaps = 16;
const mapsAt = 440;

/** In the order of the logical volume's maps. */
export async function readPartitions(
  source: ByteSource,
  { logicalVolume, logicalVolumeAt, partitions }: VolumeDescriptors,
): Promise<Partition[]> {
  const wrong = (why: string): Error => damaged(source, 'its logical volume', logicalVolumeAt, why);
  const size = logicalVolume.readUInt32LE(212);
  if (size !== blockSize) throw unsupported(source, `its blocks have ${size} bytes, not ${blockSize}`);
  const count = logicalVolume.readUInt32LE(268);
  if (count === 0 || count > mostMaps) throw wrong(`has ${count} partitions`);
  const end = mapsAt + logicalVolume.readUInt32LE(264);
  if (end > logicalVolume.length) throw wrong('has a table of partitions that is longer than itself');
  const read: Partition[] = [];
  for (let at = mapsAt; read.length < count;) {
    const length = at + 2 <= end ? logicalVolume.readUInt8(at + 1) : 0;
    if (length < 6 || at + length > end) throw wrong('has a broken table of partitions');
    const map = logicalVolume.subarray(at, at + length);
    read.push(await readMap(source, map, { partitions, wrong }));
    at += length;
  }
  return read;
}

async function readMap(
  source: ByteSource,
  map: Buffer,
  { partitions, wrong }: { partitions: VolumeDescriptors['partitions']; wrong: (why: string) => Error },
): Promise<Partition> {
  const physical = (number: number): PhysicalPartition => {
    const found = partitions.get(number);
    if (found === undefined) throw wrong(`names partition ${number}, which there is none of`);
    return found;
  };
  const type = map.readUInt8(0);
  if (type === 1) return physicalPartition(physical(map.readUInt16LE(4)));
  const identifier =
    type === 2 && map.length === 64 ? map.toString('latin1', 5, 28).replace(/\0.*$/s, '') : '';
  if (identifier === '*UDF Metadata Partition')
    return metadataPartition(source, map, physicalPartition(physical(map.readUInt16LE(38))));
  const kinds: Record<string, string> = {
    '*UDF Virtual Partition': 'it has a virtual partition, as discs that are written to piece by piece',
    '*UDF Sparable Partition': 'it has a sparable partition, as rewritable discs',
  };
  throw unsupported(source, kinds[identifier] ?? `it has a partition of type ${type}`);
}

function physicalPartition({ start }: PhysicalPartition): Partition {
  return { ranges: (block, length) => [{ offset: (start + block) * blockSize, length }] };
}

/** Its blocks are those of a file in another partition, which has a mirror. */
async function metadataPartition(source: ByteSource, map: Buffer, within: Partition): Promise<Partition> {
  try {
    return await metadataFile(source, within, map.readUInt32LE(40));
  } catch (error) {
    return await metadataFile(source, within, map.readUInt32LE(44)).catch(() => {
      throw error;
    });
  }
}

async function metadataFile(source: ByteSource, within: Partition, block: number): Promise<Partition> {
  const entry = await readFileEntry({ source, partitions: [within] }, { partition: 0, block });
  if (entry.kind !== 'metadata' || 'bytes' in entry.data)
    throw damaged(source, 'its metadata partition', entry.at, 'is none');
  const { ranges } = entry.data;
  return {
    ranges: (first, length) => {
      const found = sliceRanges(ranges, first * blockSize, length);
      if (found === null) throw damaged(source, 'its metadata partition', entry.at, `has no block ${first}`);
      return found;
    },
  };
}
