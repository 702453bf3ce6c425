// FILETIME: 100 nanoseconds since 1601, little-endian (MS-DTYP 2.3.3).

const msFrom1601To1970 = 11_644_473_600_000;

export function fileTime(epochMs: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(Math.trunc(epochMs) + msFrom1601To1970) * 10_000n);
  return bytes;
}
