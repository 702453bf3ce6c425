import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../src/util/index.js';

describe('canonicalJson', () => {
  it('sorts keys at every depth and leaves lists in their order', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 1], a: undefined })).to.equal('{"b":[{"c":2,"d":1},1]}');
  });

  it('gives the same bytes whatever order the keys were set in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).to.equal(canonicalJson(value));
      }),
    );
  });
});
