// What the parts of the UDF reader hand to each other.
import type { ByteSource } from './byte-source.js';

/** Of optical media, and so of every Windows ISO: sectors and logical blocks are of one size. */
export const blockSize = 2048;

/** A stretch of the disc image; offset null: no bytes are recorded, and what is read there is zeros. */
export interface ByteRange {
  offset: number | null;
  length: number;
}

/** Where the blocks of a partition lie in the image. */
export interface Partition {
  /** @param length in bytes, from the beginning of the block */
  ranges(block: number, length: number): ByteRange[];
}

/** A block as UDF names one: partition is an index into the maps of the logical volume (ECMA-167 4/7.1). */
export interface BlockAddress {
  partition: number;
  block: number;
}

export interface VolumeContext {
  source: ByteSource;
  partitions: readonly Partition[];
}
