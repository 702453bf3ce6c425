// The bytes of a body as they come, up to a limit. They are copied into one buffer that grows: kept as pieces, a body
// that comes byte by byte would cost a hundred times its size.

/** Null when there are more than `maximumBytes`; what is left of the stream is not read. */
export async function collect(pieces: AsyncIterable<Buffer>, maximumBytes: number): Promise<Buffer | null> {
  let held = Buffer.alloc(0);
  let size = 0;
  for await (const piece of pieces) {
    if (size + piece.length > maximumBytes) return null;
    if (size + piece.length > held.length) {
      const larger = Buffer.alloc(Math.min(maximumBytes, Math.max(4096, 2 * (size + piece.length))));
      held.copy(larger, 0, 0, size);
      held = larger;
    }
    size += piece.copy(held, size);
  }
  return held.subarray(0, size);
}
