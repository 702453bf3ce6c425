import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Rc4 } from '../../../src/wsman/auth/rc4.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** RFC 6229, section 2: key, then 16 bytes of its stream at an offset. */
const published: Record<string, Record<number, string>> = {
  '0102030405': {
    0x0000: 'b2396305f03dc027ccc3524a0a1118a8',
    0x0010: '6982944f18fc82d589c403a47a0d0919',
    0x00f0: '28cb1132c96ce286421dcaadb8b69eae',
    0x0100: '1cfcf62b03eddb641d77dfcf7f8d8c93',
    0x0400: '30abbcc7c20b01609f23ee2d5f6bb7df',
    0x1000: 'ff25b58995996707e51fbdf08b34d875',
  },
  '01020304050607': {
    0x0000: '293f02d47f37c9b633f2af5285feb46b',
    0x0100: 'd0fdb583073ce85ab83917740ec011d5',
    0x1000: 'e74b0b9731227fd37c0ec08a47ddd8b8',
  },
  '0102030405060708': {
    0x0000: '97ab8a1bf0afb96132f2f67258da15a8',
    0x0200: '163b319923a6bdb4527c626126703c0f',
    0x1000: '3fb46e2c8f0f068edce8cdcd7dfc5862',
  },
  '0102030405060708090a': {
    0x0000: 'ede3b04643e586cc907dc21851709902',
    0x0800: 'd9a09cea3ce75fe39698070317a71339',
    0x1000: '08b6be45124a43e2eb77953f84dc8553',
  },
  '0102030405060708090a0b0c0d0e0f10': {
    0x0000: '9ac7cc9a609d1ef7b2932899cde41b97',
    0x0010: '5248c4959014126a6e8a84f11d1a9e1c',
    0x00f0: '065902e4b620f6cc36c8589f66432f2b',
    0x0100: 'd39d566bc6bce3010768151549f3873f',
    0x0600: 'ffa0b514647ec04f6306b892ae661181',
    0x1000: 'a36a4c301ae8ac13610ccbc12256cacc',
  },
  '0102030405060708090a0b0c0d0e0f101112131415161718': {
    0x0000: '0595e57fe5f0bb3c706edac8a4b2db11',
    0x0c00: '32cb0a1e9542c6b3b8b398abc3b0f1d5',
    0x1000: '3cb0f3b5020a98b82af9fe154484a168',
  },
  '0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20': {
    0x0000: 'eaa6bd25880bf93d3f5d1e4ca2611d91',
    0x0300: 'e7a7b9e9ec540d5ff43bdb12792d1b35',
    0x1000: 'f3e4c0a2e02d1d01f7f0a74618af2b48',
  },
  '833222772a': {
    0x0000: '80ad97bdc973df8a2e879e92a497efda',
    0x1000: 'bf42c3018c2f7c66bfde524975768115',
  },
  '1910833222772a': {
    0x0000: 'bc9222dbd3274d8fc66d14ccbda6690b',
    0x1000: '027881fab4993a1c262024a94fff3f61',
  },
  ebb46227c6cc8b37641910833222772a: {
    0x0000: '720c94b63edf44e131d950ca211a5a30',
    0x0ff0: 'a2221a11b833ccb498a59540f0545f4a',
    0x1000: '5bbeb4787d59e5373fdbea6c6f75c29b',
  },
  '1ada31d5cf688221c109163908ebe51debb46227c6cc8b37641910833222772a': {
    0x0000: 'dd5bcb0018e922d494759d7c395d02d3',
    0x1000: '370b1c1fe655916d97fd0d47ca1d72b8',
  },
};

describe('wsman/auth/rc4', () => {
  for (const [key, pieces] of Object.entries(published)) {
    it(`makes the stream of the ${key.length * 4} bit key ${key} of RFC 6229`, () => {
      const stream = new Rc4(hex(key)).apply(Buffer.alloc(0x1010));
      for (const [offset, piece] of Object.entries(pieces)) {
        const at = Number(offset);
        expect(stream.toString('hex', at, at + 16), `at ${offset}`).to.equal(piece);
      }
    });
  }

  it('goes on where it stopped', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 256 }),
        fc.array(fc.uint8Array({ maxLength: 400 })),
        (key, pieces) => {
          const inPieces = new Rc4(key);
          const whole = new Rc4(key).apply(Buffer.concat(pieces));
          expect(Buffer.concat(pieces.map((piece) => inPieces.apply(piece)))).to.deep.equal(whole);
        },
      ),
    );
  });

  it('opens what it sealed, and leaves its input alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 256 }), fc.uint8Array(), (key, plain) => {
        const before = Buffer.from(plain);
        const sealed = new Rc4(key).apply(plain);
        expect(Buffer.from(plain)).to.deep.equal(before);
        expect(new Rc4(key).apply(sealed)).to.deep.equal(before);
      }),
    );
  });

  it('has no key of no bytes, nor one of more than its state', () => {
    for (const length of [0, 257]) expect(() => new Rc4(Buffer.alloc(length))).to.throw(`${length} bytes`);
  });
});
