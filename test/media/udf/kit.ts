// A UDF volume written descriptor by descriptor, in memory and sparse: forms that no tool at hand writes, volumes that
// are broken on purpose, and one of five gigabytes.
import { crc16, tagChecksum, tagIds } from '../../../src/media/udf/tag.js';
import { cutShort, type ByteSource } from '../../../src/media/udf/byte-source.js';

export const block = 2048;
/** Sector of the partition's block 0. */
export const partitionStart = 257;
/** Sector of the first volume descriptor. */
export const sequenceStart = 32;

export interface Image {
  /** By number; what is not there is zeros. */
  sectors: Map<number, Buffer>;
  sizeBytes: number;
}

export interface MemorySource extends ByteSource {
  reads: { offset: number; length: number }[];
}

export function sourceOf({ sectors, sizeBytes }: Image, name = 'test.iso'): MemorySource {
  const reads: MemorySource['reads'] = [];
  return {
    name,
    sizeBytes,
    reads,
    read: (offset, length, what) => {
      if (offset < 0 || length < 0) return Promise.reject(new RangeError(`${length} bytes at ${offset}`));
      if (offset + length > sizeBytes)
        return Promise.reject(cutShort({ name, sizeBytes }, what, offset + length));
      reads.push({ offset, length });
      const bytes = Buffer.alloc(length);
      for (let sector = Math.floor(offset / block); sector * block < offset + length; sector++) {
        const start = sector * block;
        const from = Math.max(0, offset - start);
        sectors.get(sector)?.copy(bytes, start + from - offset, from);
      }
      return Promise.resolve(bytes);
    },
  };
}

/** Puts the tag in front of a descriptor, or makes it right again. */
export function tagged(
  bytes: Buffer,
  id: number,
  at: number,
  { crcLength = bytes.length - 16 } = {},
): Buffer {
  bytes.writeUInt16LE(id, 0);
  bytes.writeUInt16LE(2, 2);
  bytes.writeUInt16LE(crc16(bytes.subarray(16, 16 + crcLength)), 8);
  bytes.writeUInt16LE(crcLength, 10);
  bytes.writeUInt32LE(at, 12);
  bytes.writeUInt8(tagChecksum(bytes), 4);
  return bytes;
}

export function descriptor(id: number, at: number, fill: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(block);
  fill(bytes);
  return tagged(bytes, id, at);
}

/** Changes a descriptor that is there, and makes its tag right again. */
export function change(image: Image, sector: number, edit: (bytes: Buffer) => void): void {
  const bytes = image.sectors.get(sector);
  if (bytes === undefined) throw new Error(`nothing in sector ${sector}`);
  edit(bytes);
  tagged(bytes, bytes.readUInt16LE(0), bytes.readUInt32LE(12));
}

export function cs0(name: string): Buffer {
  if (/^[\0-\xff]*$/.test(name)) return Buffer.concat([Buffer.from([8]), Buffer.from(name, 'latin1')]);
  return Buffer.concat([Buffer.from([16]), Buffer.from(name, 'utf16le').swap16()]);
}

export function dstring(text: string, length: number): Buffer {
  const field = Buffer.alloc(length);
  const bytes = cs0(text);
  bytes.copy(field);
  field.writeUInt8(bytes.length, length - 1);
  return field;
}

export function fileIdentifier(name: string, icb: number, { flags = 0, partition = 0 } = {}): Buffer {
  const text = flags & 0x08 ? Buffer.alloc(0) : cs0(name);
  const bytes = Buffer.alloc(Math.ceil((38 + text.length) / 4) * 4);
  bytes.writeUInt16LE(1, 16);
  bytes.writeUInt8(flags, 18);
  bytes.writeUInt8(text.length, 19);
  bytes.writeUInt32LE(block, 20);
  bytes.writeUInt32LE(icb, 24);
  bytes.writeUInt16LE(partition, 28);
  text.copy(bytes, 38);
  return tagged(bytes, tagIds.fileIdentifier, 0);
}

export interface Extent {
  /** 0 recorded, 1 and 2 zeros, 3 the list goes on. */
  type?: number;
  length: number;
  block: number;
  partition?: number;
}

export function extents(list: readonly Extent[], form: 'short' | 'long'): Buffer {
  return Buffer.concat(
    list.map(({ type = 0, length, block: at, partition = 0 }) => {
      const bytes = Buffer.alloc(form === 'short' ? 8 : 16);
      bytes.writeUInt32LE(((type << 30) | length) >>> 0, 0);
      bytes.writeUInt32LE(at, 4);
      if (form === 'long') bytes.writeUInt16LE(partition, 8);
      return bytes;
    }),
  );
}

export interface EntryOptions {
  type: number;
  sizeBytes: number;
  /** Allocation descriptors, or the file itself. */
  inside: Buffer;
  form: 'short' | 'long' | 'embedded';
  extended?: boolean;
}

export function fileEntry(
  at: number,
  { type, sizeBytes, inside, form, extended = false }: EntryOptions,
): Buffer {
  const id = extended ? tagIds.extendedFileEntry : tagIds.fileEntry;
  return descriptor(id, at, (bytes) => {
    bytes.writeUInt16LE(4, 20);
    bytes.writeUInt8(type, 27);
    bytes.writeUInt16LE({ short: 0, long: 1, embedded: 3 }[form], 34);
    bytes.writeBigUInt64LE(BigInt(sizeBytes), 56);
    const place = extended ? 208 : 168;
    // Some attributes in front of the descriptors, as other systems write them.
    bytes.writeUInt32LE(24, place);
    bytes.writeUInt32LE(inside.length, place + 4);
    inside.copy(bytes, place + 8 + 24);
  });
}

/** A file of which only some pieces are not zeros. */
export interface SparseFile {
  sizeBytes: number;
  pieces: readonly { offset: number; bytes: Buffer }[];
}
export interface Tree {
  [name: string]: Buffer | SparseFile | Tree;
}

export interface VolumeOptions {
  label?: string;
  form?: 'short' | 'long' | 'embedded';
  extended?: boolean;
  /** Directories and entries lie in a metadata partition, as UDF 2.50 has it. */
  metadata?: boolean;
}

export interface Volume extends Image {
  /** Block in its partition of the entry of each path; '' is the root. */
  entries: Map<string, number>;
  /** Sector of a block of the first partition. */
  sector: (block: number) => number;
}

/** With VRS, anchor, one sequence of descriptors (no reserve), file set and the tree. */
export function volumeOf(tree: Tree, options: VolumeOptions = {}): Volume {
  const { label = 'TEST', form = 'short', extended = false, metadata = false } = options;
  const sectors = new Map<number, Buffer>();
  const entries = new Map<string, number>();
  ['CD001', 'BEA01', 'NSR02', 'TEA01'].forEach((id, index) => {
    const bytes = Buffer.alloc(block);
    bytes.write(`\x01${id}\x01`, 'latin1');
    sectors.set(16 + index, bytes);
  });

  // The metadata file has its entry in block 0, the mirror in block 1, and its blocks from block 2 on.
  const metadataBlocks = 64;
  const metadataFirst = 2;
  let nextNode = 1;
  let nextData = metadata ? metadataFirst + metadataBlocks : 64;
  const nodePartition = metadata ? 1 : 0;
  const nodeSector = (at: number): number => partitionStart + (metadata ? metadataFirst : 0) + at;
  const node = (): number => nextNode++;

  const put = (sector: number, bytes: Buffer): void => {
    for (let at = 0; at < bytes.length; at += block) {
      const piece = Buffer.alloc(block);
      bytes.copy(piece, 0, at);
      sectors.set(sector + at / block, piece);
    }
  };
  const writeEntry = (
    path: string,
    type: number,
    data: { bytes: Buffer } | { list: Extent[]; sizeBytes: number },
  ): number => {
    const at = node();
    const inside = 'bytes' in data ? data.bytes : extents(data.list, form === 'long' ? 'long' : 'short');
    const sizeBytes = 'bytes' in data ? data.bytes.length : data.sizeBytes;
    const how = 'bytes' in data ? 'embedded' : form === 'long' ? 'long' : 'short';
    sectors.set(nodeSector(at), fileEntry(at, { type, sizeBytes, inside, form: how, extended }));
    entries.set(path, at);
    return at;
  };
  const writeFile = (path: string, file: Buffer | SparseFile): number => {
    if (Buffer.isBuffer(file) && form === 'embedded' && file.length < 1024)
      return writeEntry(path, 5, { bytes: file });
    const sizeBytes = Buffer.isBuffer(file) ? file.length : file.sizeBytes;
    const start = nextData;
    const blocks = Math.ceil(sizeBytes / block);
    nextData += blocks;
    const pieces = Buffer.isBuffer(file) ? [{ offset: 0, bytes: file }] : file.pieces;
    for (const { offset, bytes } of pieces) put(partitionStart + start + offset / block, bytes);
    const longest = 2 ** 30 - block;
    const list: Extent[] = [];
    for (let done = 0; done < sizeBytes; done += longest)
      list.push({ length: Math.min(longest, sizeBytes - done), block: start + done / block });
    // Short descriptors speak of the partition of the entry.
    if (metadata && form !== 'long')
      throw new Error('files outside of the metadata partition need long descriptors');
    return writeEntry(path, 5, { list, sizeBytes });
  };
  const writeDirectory = (path: string, children: Tree): number => {
    const names = Object.entries(children).map(([name, child]) => {
      const below = path === '' ? name : `${path}/${name}`;
      const isFile = Buffer.isBuffer(child) || typeof child['sizeBytes'] === 'number';
      const at = isFile
        ? writeFile(below, child as Buffer | SparseFile)
        : writeDirectory(below, child as Tree);
      return fileIdentifier(name, at, { flags: isFile ? 0 : 0x02, partition: nodePartition });
    });
    const bytes = Buffer.concat([fileIdentifier('', 0, { flags: 0x0a, partition: nodePartition }), ...names]);
    if (form === 'embedded' && bytes.length < 1024) return writeEntry(path, 4, { bytes });
    const start = nextNode;
    nextNode += Math.ceil(bytes.length / block);
    put(nodeSector(start), bytes);
    return writeEntry(path, 4, {
      list: [{ length: bytes.length, block: start, partition: nodePartition }],
      sizeBytes: bytes.length,
    });
  };
  const root = writeDirectory('', tree);
  sectors.set(
    nodeSector(0),
    descriptor(tagIds.fileSet, 0, (bytes) => {
      bytes.writeUInt32LE(block, 400);
      bytes.writeUInt32LE(root, 404);
      bytes.writeUInt16LE(nodePartition, 408);
    }),
  );
  if (metadata) {
    for (const [at, type] of [
      [0, 250],
      [1, 251],
    ] as const) {
      const inside = extents([{ length: metadataBlocks * block, block: metadataFirst }], 'short');
      sectors.set(
        partitionStart + at,
        fileEntry(at, { type, sizeBytes: metadataBlocks * block, inside, form: 'short', extended: true }),
      );
    }
  }
  const sizeBytes = (partitionStart + nextData) * block;
  writeSequence(sectors, { label, length: nextData, metadata, nodePartition });
  return { sectors, entries, sizeBytes, sector: nodeSector };
}

function writeSequence(
  sectors: Map<number, Buffer>,
  {
    label,
    length,
    metadata,
    nodePartition,
  }: { label: string; length: number; metadata: boolean; nodePartition: number },
): void {
  const put = (at: number, id: number, fill: (bytes: Buffer) => void): void => {
    sectors.set(sequenceStart + at, descriptor(id, sequenceStart + at, fill));
  };
  put(0, tagIds.primaryVolume, (bytes) => dstring('PRIMARY', 32).copy(bytes, 24));
  put(1, tagIds.logicalVolume, (bytes) => {
    dstring(label, 128).copy(bytes, 84);
    bytes.writeUInt32LE(block, 212);
    bytes.writeUInt32LE(block, 248);
    bytes.writeUInt32LE(0, 252);
    bytes.writeUInt16LE(nodePartition, 256);
    bytes.writeUInt32LE(metadata ? 70 : 6, 264);
    bytes.writeUInt32LE(metadata ? 2 : 1, 268);
    bytes.writeUInt8(1, 440);
    bytes.writeUInt8(6, 441);
    if (!metadata) return;
    bytes.writeUInt8(2, 446);
    bytes.writeUInt8(64, 447);
    bytes.write('*UDF Metadata Partition', 451, 'latin1');
    bytes.writeUInt32LE(0, 486);
    bytes.writeUInt32LE(1, 490);
  });
  put(2, tagIds.partition, (bytes) => {
    bytes.writeUInt32LE(partitionStart, 188);
    bytes.writeUInt32LE(length, 192);
  });
  put(3, tagIds.terminating, () => undefined);
  sectors.set(
    256,
    descriptor(tagIds.anchor, 256, (bytes) => {
      bytes.writeUInt32LE(16 * block, 16);
      bytes.writeUInt32LE(sequenceStart, 20);
    }),
  );
}
