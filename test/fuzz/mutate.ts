// One input out of good ones: a seed with a few changes, of the kinds that parsers stumble over.
import type { Random } from './random.js';

export interface Material {
  /** Good inputs. */
  seeds: readonly Buffer[];
  /** Pieces that mean something to the parser. */
  words: readonly Buffer[];
  /** Five of six changes are of this kind, where the parser has one of its own. */
  change?: (input: Buffer, random: Random) => Buffer;
}

/** An input is never longer. */
export const longestInput = 64 * 1024;

type Change = (input: Buffer, random: Random, material: Material) => Buffer;

const edges = [0, 1, 0x7f, 0x80, 0xff, 0x22, 0x3c, 0x26, 0x0a];
const numbers = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const changes: readonly Change[] = [
  // A bit.
  (input, random) => at(input, random, (byte) => byte ^ (1 << random.below(8))),
  // A byte at its edges.
  (input, random) => at(input, random, () => random.pick(edges)),
  // Any byte.
  (input, random) => at(input, random, () => random.below(256)),
  // A little or big number of two or four bytes: lengths and offsets.
  (input, random) => {
    const size = random.pick([2, 4]);
    if (input.length < size) return input;
    const changed = Buffer.from(input);
    const place = random.below(input.length - size + 1);
    const number = random.pick(numbers);
    if (size === 4) changed[random.below(2) === 0 ? 'writeUInt32LE' : 'writeUInt32BE'](number, place);
    else changed[random.below(2) === 0 ? 'writeUInt16LE' : 'writeUInt16BE'](number & 0xffff, place);
    return changed;
  },
  // The end is missing.
  (input, random) => input.subarray(0, random.below(input.length + 1)),
  // A piece is missing.
  (input, random) => {
    const [start, end] = range(input, random);
    return Buffer.concat([input.subarray(0, start), input.subarray(end)]);
  },
  // A piece comes twice, or many times.
  (input, random) => {
    const [start, end] = range(input, random);
    const times = random.pick([1, 1, 1, 2, 10, 200]);
    const piece = Buffer.alloc(Math.min((end - start) * times, longestInput), input.subarray(start, end));
    return insert(input, end, piece);
  },
  // A piece stands somewhere else.
  (input, random) => {
    const [start, end] = range(input, random);
    return insert(input, random.below(input.length + 1), input.subarray(start, end));
  },
  // A word.
  (input, random, { words }) =>
    words.length === 0 ? input : insert(input, random.below(input.length + 1), random.pick(words)),
  // A word in the place of a piece.
  (input, random, { words }) => {
    if (words.length === 0) return input;
    const [start, end] = range(input, random);
    return Buffer.concat([input.subarray(0, start), random.pick(words), input.subarray(end)]);
  },
  // The rest of another seed.
  (input, random, { seeds }) => {
    const other = random.pick(seeds);
    const [start] = range(other, random);
    return Buffer.concat([input.subarray(0, random.below(input.length + 1)), other.subarray(start)]);
  },
];

export function mutate(random: Random, material: Material): Buffer {
  let input = random.pick(material.seeds);
  const count = 1 + random.below(random.pick([1, 2, 4, 8]));
  for (let change = 0; change < count; change++) {
    const own = material.change !== undefined && random.below(6) > 0 ? material.change : random.pick(changes);
    input = own(input, random, material).subarray(0, longestInput);
  }
  return input;
}

function at(input: Buffer, random: Random, change: (byte: number) => number): Buffer {
  if (input.length === 0) return input;
  const changed = Buffer.from(input);
  const place = random.below(input.length);
  changed.writeUInt8(change(changed.readUInt8(place)), place);
  return changed;
}

/** Short ones mostly. */
function range(input: Buffer, random: Random): [start: number, end: number] {
  const start = random.below(input.length + 1);
  const longest = Math.max(1, random.pick([4, 32, 256, input.length]));
  return [start, Math.min(input.length, start + 1 + random.below(longest))];
}

function insert(input: Buffer, place: number, piece: Buffer): Buffer {
  return Buffer.concat([input.subarray(0, place), piece, input.subarray(place)]);
}
