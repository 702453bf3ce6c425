// RC4, which OpenSSL 3 keeps in a provider that Node does not load. NTLM seals with it and knows nothing else
// (MS-NLMP 3.4.3); one key stream lasts for a whole connection, so the state is kept.

export class Rc4 {
  readonly #state = new Uint8Array(256);
  #i = 0;
  #j = 0;

  constructor(key: Uint8Array) {
    if (key.length < 1 || key.length > 256) throw new Error(`an RC4 key of ${key.length} bytes`);
    const state = this.#state;
    for (let i = 0; i < 256; i += 1) state[i] = i;
    let j = 0;
    for (let i = 0; i < 256; i += 1) {
      const held = state[i] as number;
      j = (j + held + (key[i % key.length] as number)) & 0xff;
      state[i] = state[j] as number;
      state[j] = held;
    }
  }

  /** The next bytes of the key stream over these: sealing and opening are the same. */
  apply(input: Uint8Array): Buffer {
    const output = Buffer.allocUnsafe(input.length);
    const state = this.#state;
    let i = this.#i;
    let j = this.#j;
    for (let at = 0; at < input.length; at += 1) {
      i = (i + 1) & 0xff;
      const held = state[i] as number;
      j = (j + held) & 0xff;
      const other = state[j] as number;
      state[i] = other;
      state[j] = held;
      output[at] = (input[at] as number) ^ (state[(held + other) & 0xff] as number);
    }
    this.#i = i;
    this.#j = j;
    return output;
  }
}
