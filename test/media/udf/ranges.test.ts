import { expect } from 'chai';
import { describe, it } from 'mocha';
import { endOf, readRanges, sliceRanges } from '../../../src/media/udf/ranges.js';
import { sourceOf } from './kit.js';

const ranges = [
  { offset: 100, length: 10 },
  { offset: null, length: 5 },
  { offset: 50, length: 10 },
];

describe('the stretches of a file', () => {
  it('have parts', () => {
    expect(sliceRanges(ranges, 0, 25)).to.deep.equal(ranges);
    expect(sliceRanges(ranges, 8, 4)).to.deep.equal([
      { offset: 108, length: 2 },
      { offset: null, length: 2 },
    ]);
    expect(sliceRanges(ranges, 15, 10)).to.deep.equal([{ offset: 50, length: 10 }]);
    expect(sliceRanges(ranges, 3, 0)).to.deep.equal([]);
    expect(sliceRanges(ranges, 16, 10)).to.equal(null);
    expect(sliceRanges([], 0, 1)).to.equal(null);
  });

  it('are read one behind the other, zeros where nothing is recorded', async () => {
    const sectors = new Map([[0, Buffer.from(Array.from({ length: 2048 }, (_, index) => index % 251))]]);
    const bytes = await readRanges(sourceOf({ sectors, sizeBytes: 2048 }), sliceRanges(ranges, 8, 9)!, 'it');

    expect([...bytes]).to.deep.equal([108, 109, 0, 0, 0, 0, 0, 50, 51]);
  });

  it('end where the last byte is recorded', () => {
    expect(endOf(ranges)).to.equal(110);
    expect(endOf([])).to.equal(0);
  });
});
