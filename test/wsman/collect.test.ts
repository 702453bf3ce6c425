import { expect } from 'chai';
import { describe, it } from 'mocha';
import { collect } from '../../src/wsman/collect.js';

async function* pieces(...list: readonly string[]): AsyncGenerator<Buffer> {
  for (const piece of list) yield Promise.resolve(Buffer.from(piece));
}

describe('wsman/collect', () => {
  it('joins pieces in their order', async () => {
    expect((await collect(pieces('a', '', 'bc', 'd'), 4))?.toString()).to.equal('abcd');
    expect(await collect(pieces(), 4)).to.have.length(0);
  });

  it('gives null for more than it may hold, and reads no further', async () => {
    const read: string[] = [];
    async function* counted(): AsyncGenerator<Buffer> {
      for (const piece of ['ab', 'cd', 'e', 'f']) {
        read.push(piece);
        yield Promise.resolve(Buffer.from(piece));
      }
    }
    expect(await collect(counted(), 4)).to.equal(null);
    expect(read).to.deep.equal(['ab', 'cd', 'e']);
  });

  it('keeps no piece: what comes byte by byte is one buffer', async () => {
    const single = Array.from({ length: 20_000 }, (_, index) => String(index % 10));
    const held = await collect(pieces(...single), 100_000);
    expect(held?.toString()).to.equal(single.join(''));
    expect(held?.buffer.byteLength).to.be.below(100_001);
  });

  it('rejects with what the stream ends with', async () => {
    const reason = new Error('gone');
    async function* broken(): AsyncGenerator<Buffer> {
      yield Promise.resolve(Buffer.from('a'));
      throw reason;
    }
    expect(await collect(broken(), 4).catch((error: unknown) => error)).to.equal(reason);
  });
});
