// What every decoder of the network's bytes has to stand: it may read them or refuse them, and nothing else.
import fc from 'fast-check';
import { SecurityError } from '../../../src/wsman/auth/scheme.js';

/** Rethrows whatever is not a refusal. */
export function orRefused(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    if (!(error instanceof SecurityError)) throw error;
  }
}

/** Cuts the good message at every offset, changes it anywhere, and tries bytes of any kind. */
export function assertHardened(decode: (bytes: Buffer) => unknown, good: Buffer): void {
  for (let length = 0; length <= good.length; length += 1) {
    orRefused(() => decode(good.subarray(0, length)));
  }
  // Every byte in turn at its extremes: lengths and offsets among them.
  for (let at = 0; at < good.length; at += 1) {
    for (const value of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
      const changed = Buffer.from(good);
      changed[at] = value;
      orRefused(() => decode(changed));
    }
  }
  const change = fc.tuple(fc.nat({ max: good.length - 1 }), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const changed = Buffer.from(good);
      for (const [at, value] of changes) changed[at] = value;
      orRefused(() => decode(changed));
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.nat({ max: good.length }), fc.uint8Array({ maxLength: 200 }), (kept, rest) => {
      orRefused(() => decode(Buffer.concat([good.subarray(0, kept), rest])));
    }),
    { numRuns: 500 },
  );
}
