/** Bytes for people: GB of 2^30 bytes with one digit, rounded down, so that 71.99 does not read like 72. */
export function gigabytes(bytes: number): string {
  return `${String(Math.floor((bytes / 2 ** 30) * 10) / 10)} GB`;
}
