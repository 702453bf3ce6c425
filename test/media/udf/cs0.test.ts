import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeCs0, decodeDstring } from '../../../src/media/udf/cs0.js';
import { cs0, dstring } from './kit.js';

describe('OSTA compressed Unicode', () => {
  for (const name of ['install.wim', 'Ünïcode', '日本語 😀', `'"`, '']) {
    it(`gives ${JSON.stringify(name)} back`, () => {
      expect(decodeCs0(cs0(name))).to.equal(name);
      expect(decodeDstring(dstring(name, 128))).to.equal(name);
    });
  }

  it('is none with another width, or with half a character', () => {
    expect(decodeCs0(Buffer.from([9, 65]))).to.equal(null);
    expect(decodeCs0(Buffer.from([16, 0, 65, 0]))).to.equal(null);
    expect(decodeCs0(Buffer.alloc(0))).to.equal('');
  });

  it('in a field says how much of it is used, and never more than there is', () => {
    expect(decodeDstring(Buffer.alloc(32))).to.equal('');
    expect(decodeDstring(Buffer.alloc(32, 0xff))).to.equal('');
    const padded = Buffer.alloc(32);
    padded.write('\x08NAME \0\0x', 'latin1');
    padded.writeUInt8(9, 31);
    expect(decodeDstring(padded)).to.equal('NAME');
  });
});
