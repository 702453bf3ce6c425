// MD4 (RFC 1320), which OpenSSL 3 keeps in a provider that Node does not load. Passwords of Windows are stored by it;
// for anything else it is broken.

/** Which words of the block each round takes, and by how much it turns them (RFC 1320, 3.4). */
const rounds = [
  { constant: 0, shifts: [3, 7, 11, 19], words: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
  {
    constant: 0x5a827999,
    shifts: [3, 5, 9, 13],
    words: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  },
  {
    constant: 0x6ed9eba1,
    shifts: [3, 9, 11, 15],
    words: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  },
] as const;

type Mix = (x: number, y: number, z: number) => number;
const mixes: readonly Mix[] = [
  (x, y, z) => (x & y) | (~x & z),
  (x, y, z) => (x & y) | (x & z) | (y & z),
  (x, y, z) => x ^ y ^ z,
];

export function md4(input: Uint8Array): Buffer {
  const message = padded(input);
  const sums = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  for (let at = 0; at < message.length; at += 64) {
    let [a, b, c, d] = sums as unknown as readonly [number, number, number, number];
    for (const [index, { constant, shifts, words }] of rounds.entries()) {
      const mix = mixes[index] as Mix;
      for (const [step, word] of words.entries()) {
        const sum = a + mix(b, c, d) + message.readUInt32LE(at + word * 4) + constant;
        const turned = turnLeft(sum | 0, shifts[step % 4] as number);
        [a, b, c, d] = [d, turned, b, c];
      }
    }
    // Each sum wraps at 32 bits by the array's type.
    for (const [index, value] of [a, b, c, d].entries()) sums[index] = (sums[index] as number) + value;
  }
  const digest = Buffer.alloc(16);
  for (const [index, value] of sums.entries()) digest.writeUInt32LE(value, index * 4);
  return digest;
}

/** A one bit, zeros, and the length in bits as the last 8 of whole blocks of 64 bytes. */
function padded(input: Uint8Array): Buffer {
  const message = Buffer.alloc(Math.ceil((input.length + 9) / 64) * 64);
  message.set(input);
  message[input.length] = 0x80;
  message.writeBigUInt64LE(BigInt(input.length) * 8n, message.length - 8);
  return message;
}

function turnLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
