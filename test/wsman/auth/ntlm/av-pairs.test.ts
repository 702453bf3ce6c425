import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  av,
  avFlags,
  decodeAvPairs,
  encodeAvPairs,
  findAv,
} from '../../../../src/wsman/auth/ntlm/av-pairs.js';
import { SecurityError } from '../../../../src/wsman/auth/scheme.js';
import { assertHardened } from '../hostile.js';
import { anyPairs } from './pairs.js';
import { hex } from './published.js';

describe('wsman/auth/ntlm/av-pairs', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        expect(decodeAvPairs(encodeAvPairs(pairs))).to.deep.equal(pairs);
      }),
    );
  });

  it('reads no further than the end mark', () => {
    const bytes = Buffer.concat([encodeAvPairs([{ id: av.targetName, value: hex('4800') }]), hex('ffffff')]);
    expect(decodeAvPairs(bytes)).to.deep.equal([{ id: av.targetName, value: hex('4800') }]);
  });

  it('finds a value by its number', () => {
    const pairs = [{ id: av.flags, value: hex('02000000') }];
    expect(avFlags(pairs)).to.equal(2);
    expect(findAv(pairs, av.timestamp)).to.equal(null);
    expect(avFlags([])).to.equal(0);
  });

  const refused = {
    'no end': '09000200 4800',
    'nothing at all': '',
    'a value longer than the list': '0900ff00 4800 00000000',
    'half a head': '0900',
  };
  for (const [what, bytes] of Object.entries(refused)) {
    it(`refuses a list with ${what}`, () => {
      expect(() => decodeAvPairs(hex(bytes))).to.throw(SecurityError);
    });
  }

  it('refuses flags that are not four bytes, and a value that no list can hold', () => {
    expect(() => avFlags([{ id: av.flags, value: hex('0200') }])).to.throw(SecurityError);
    expect(() => encodeAvPairs([{ id: 1, value: Buffer.alloc(65_536) }])).to.throw(SecurityError);
  });

  it('stands hostile bytes', () => {
    assertHardened(
      decodeAvPairs,
      encodeAvPairs([
        { id: 2, value: hex('41004200') },
        { id: 7, value: Buffer.alloc(8) },
      ]),
    );
  });
});
