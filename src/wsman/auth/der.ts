// As much of DER (X.690) as SPNEGO tokens and the outside of a certificate need. A reader never leaves the bytes it
// was given; lengths are definite, and those of more than three bytes are refused: nothing here is so long.
import { SecurityError } from './scheme.js';

export const tag = {
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  application0: 0x60,
  context: (number: number): number => 0xa0 + number,
} as const;

export interface DerElement {
  tag: number;
  content: Buffer;
  /** With tag and length. */
  whole: Buffer;
}

/** Element after element of what stands side by side. */
export class DerReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The tag of the next element; null at the end. */
  peek(): number | null {
    return this.#bytes[this.#at] ?? null;
  }

  next(): DerElement {
    const start = this.#at;
    const found = this.#byte();
    if ((found & 0x1f) === 0x1f) throw new SecurityError('a DER tag of more than one byte');
    const length = this.#length();
    const begin = this.#at;
    const end = begin + length;
    if (end > this.#bytes.length) throw new SecurityError('a DER element that is longer than what holds it');
    this.#at = end;
    return { tag: found, content: this.#bytes.subarray(begin, end), whole: this.#bytes.subarray(start, end) };
  }

  expect(wanted: number): DerElement {
    const element = this.next();
    if (element.tag !== wanted) throw new SecurityError(`the DER tag ${element.tag} instead of ${wanted}`);
    return element;
  }

  /** The next element, when it is this one. */
  optional(wanted: number): DerElement | null {
    return this.peek() === wanted ? this.next() : null;
  }

  end(): void {
    if (!this.done) throw new SecurityError('bytes behind the end of a DER element');
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new SecurityError('a DER element that is cut short');
    this.#at += 1;
    return byte;
  }

  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first - 0x80;
    if (count < 1 || count > 3) throw new SecurityError('a DER length that is indefinite or too long');
    let length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + this.#byte();
    return length;
  }
}

/** The one element that the bytes are, with nothing behind it. */
export function readOnly(bytes: Buffer, wanted: number): DerElement {
  const reader = new DerReader(bytes);
  const element = reader.expect(wanted);
  reader.end();
  return element;
}

export function der(wanted: number, ...content: readonly Buffer[]): Buffer {
  const joined = Buffer.concat(content);
  return Buffer.concat([Buffer.from([wanted, ...lengthBytes(joined.length)]), joined]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

/** What an object identifier is inside its element, in hex, to compare with: there is no need to print one. */
export function oid(dotted: string): string {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap(base128);
  return Buffer.from(bytes).toString('hex');
}

function base128(arc: number): number[] {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(0x80 + (rest % 128));
  }
  return bytes;
}
