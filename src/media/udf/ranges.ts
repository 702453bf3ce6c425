// Stretches of the image that together are a file.
import type { ByteSource } from './byte-source.js';
import type { ByteRange } from './types.js';

/** The part that begins at an offset of the whole; null where there is not so much. */
export function sliceRanges(
  ranges: readonly ByteRange[],
  offset: number,
  length: number,
): ByteRange[] | null {
  const part: ByteRange[] = [];
  let start = 0;
  let missing = length;
  for (const range of ranges) {
    if (missing === 0) break;
    const skip = Math.max(0, offset - start);
    if (skip < range.length) {
      const take = Math.min(range.length - skip, missing);
      part.push({ offset: range.offset === null ? null : range.offset + skip, length: take });
      missing -= take;
    }
    start += range.length;
  }
  return missing === 0 ? part : null;
}

export async function readRanges(
  source: ByteSource,
  ranges: readonly ByteRange[],
  what: string,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (const { offset, length } of ranges)
    pieces.push(offset === null ? Buffer.alloc(length) : await source.read(offset, length, what));
  const [only] = pieces;
  return only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces);
}

/** The byte of the image behind the last one that is recorded. */
export function endOf(ranges: readonly ByteRange[]): number {
  return ranges.reduce(
    (end, { offset, length }) => (offset === null ? end : Math.max(end, offset + length)),
    0,
  );
}
