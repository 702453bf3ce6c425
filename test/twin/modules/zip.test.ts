import { expect } from 'chai';
import { describe, it } from 'mocha';
import { deflateRawSync } from 'node:zlib';
import { readZip } from '../../../src/twin/modules/zip.js';
import { makeZip } from './make-zip.js';

describe('a zip', () => {
  it('gives its members, stored and deflated', () => {
    const zip = makeZip([
      { name: 'a', data: 'stored', method: 0 },
      { name: 'b', data: 'deflated '.repeat(100), method: 8 },
    ]);

    expect(readZip(zip).map(({ name, data }) => [name, data.toString()])).to.deep.equal([
      ['a', 'stored'],
      ['b', 'deflated '.repeat(100)],
    ]);
  });

  it('is refused when a member is larger than it says', () => {
    const packed = deflateRawSync(Buffer.alloc(100_000));

    expect(() => readZip(makeZip([{ name: 'a', data: 'x', method: 8, packed }]))).to.throw('is damaged');
  });

  it('is refused when it is cut, empty or something else', () => {
    const zip = makeZip([{ name: 'a', data: 'stored', method: 0 }]);

    for (const bytes of [
      zip.subarray(0, zip.length - 5),
      zip.subarray(40),
      Buffer.alloc(0),
      Buffer.from('text'),
    ]) {
      expect(() => readZip(bytes)).to.throw(/zip file/);
    }
  });
});
