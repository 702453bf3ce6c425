import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseOsId } from '../../src/catalog/index.js';

describe('the id of an operating system', () => {
  it('is taken in any case, and as the number that YAML makes of it', () => {
    for (const [text, id] of [
      ['2012R2', '2012r2'],
      ['2008r2', '2008r2'],
      [' 2012 ', '2012'],
      [2012, '2012'],
    ] as const)
      expect(parseOsId(text)).to.equal(id);
  });

  it('is none of lyncimg’s where it has not heard of it', () => {
    for (const text of ['2016', '2012r3', '', 'windows', 2016]) expect(parseOsId(text)).to.equal(undefined);
  });
});
