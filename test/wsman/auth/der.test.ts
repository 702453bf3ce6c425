import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { der, DerReader, oid, readOnly, tag } from '../../../src/wsman/auth/der.js';
import { SecurityError } from '../../../src/wsman/auth/scheme.js';
import { assertHardened } from './hostile.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('wsman/auth/der', () => {
  it('reads back what it wrote, lengths of several bytes included', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000]) {
      const written = der(tag.octetString, Buffer.alloc(length, 7));
      expect(readOnly(written, tag.octetString).content.length).to.equal(length);
    }
  });

  it('walks over what stands side by side', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (contents) => {
        const pieces = contents.map((content) => der(tag.octetString, Buffer.from(content)));
        const reader = new DerReader(Buffer.concat(pieces));
        for (const piece of pieces) expect(reader.next().whole).to.deep.equal(piece);
        expect(reader.done).to.equal(true);
        expect(reader.peek()).to.equal(null);
      }),
    );
  });

  it('spells an object identifier', () => {
    // 1.3.6.1.4.1.311.2.2.10, as in MS-SPNG
    expect(oid('1.3.6.1.4.1.311.2.2.10')).to.equal('2b06010401823702020a');
    expect(oid('1.2.840.113549.1.1.10')).to.equal('2a864886f70d01010a');
    expect(oid('2.16.840.1.101.3.4.2.1')).to.equal('608648016503040201');
  });

  const refused = {
    'no bytes': '',
    'a tag alone': '30',
    'content that is cut': '3005 0102',
    'a length that is cut': '3082 01',
    'an indefinite length': '3080 0000',
    'a length of four bytes': '3084 00000001 00',
    'a tag of two bytes': '1f01 00',
    'bytes behind the end': '3000 00',
    'another element': '0400',
  };
  for (const [what, bytes] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(() => readOnly(hex(bytes), tag.sequence)).to.throw(SecurityError);
    });
  }

  it('refuses a child that is longer than its parent', () => {
    const parent = readOnly(hex('3003 0405 41'), tag.sequence);
    expect(() => new DerReader(parent.content).next()).to.throw(SecurityError, 'longer');
  });

  it('stands hostile bytes', () => {
    const walk = (bytes: Buffer): void => {
      const reader = new DerReader(bytes);
      while (!reader.done) walk(reader.next().content);
    };
    assertHardened(walk, der(tag.sequence, der(tag.sequence, der(tag.sequence)), der(tag.sequence)));
  });
});
