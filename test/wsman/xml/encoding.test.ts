import { expect } from 'chai';
import { describe, it } from 'mocha';
import { contentTypeOf, decodeBody, encodeBody } from '../../../src/wsman/xml/encoding.js';
import { XmlError } from '../../../src/wsman/xml/reader.js';

describe('wsman/xml/encoding', () => {
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
    it(`takes back what it wrote in ${encoding}`, () => {
      const bytes = encodeBody('<a>é😀</a>', encoding);
      expect(decodeBody(bytes)).to.deep.equal({ text: '<a>é😀</a>', encoding });
    });
  }

  it('names UTF-16 without its order: the mark says it', () => {
    expect(contentTypeOf('utf-16le')).to.equal('application/soap+xml;charset=UTF-16');
    expect(contentTypeOf('utf-8')).to.equal('application/soap+xml;charset=UTF-8');
  });

  it('refuses bytes that are no text', () => {
    expect(() => decodeBody(Buffer.from([0x3c, 0xff, 0x3e]))).to.throw(XmlError, 'UTF-8');
    expect(() => decodeBody(Buffer.from([0xff, 0xfe, 0x00]))).to.throw(XmlError, 'UTF-16LE');
  });
});
