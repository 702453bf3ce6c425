// Numbers that only look random: the same seed gives the same inputs on every machine (sfc32, PractRand-tested).

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** By whatever names an input: a seed, a parser, a number. */
  constructor(...names: readonly (string | number)[]) {
    const hash = fnv(names.join('\0'));
    [this.#a, this.#b, this.#c] = [hash, hash ^ 0x9e3779b9, Math.imul(hash, 0x85ebca6b)];
    for (let round = 0; round < 12; round++) this.next();
  }

  /** 32 bits. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }

  /** From 0 to below `limit`. */
  below(limit: number): number {
    return this.next() % limit;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
