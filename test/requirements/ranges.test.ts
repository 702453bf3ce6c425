import { expect } from 'chai';
import { describe, it } from 'mocha';
import { common, merged, missingFrom, type Range } from '../../src/requirements/ranges.js';

const ranges = (...pairs: [number, number][]): Range[] => pairs.map(([first, last]) => ({ first, last }));

describe('ranges of numbers', () => {
  it('are merged where they overlap or touch', () => {
    expect(merged(ranges([5, 9], [1, 2], [3, 3], [7, 20], [30, 30]))).to.deep.equal(
      ranges([1, 3], [5, 20], [30, 30]),
    );
    expect(merged([])).to.deep.equal([]);
  });

  it('leave what of the wanted none of the given holds', () => {
    expect(missingFrom(ranges([3, 5], [8, 8]), ranges([1, 10]))).to.deep.equal(
      ranges([1, 2], [6, 7], [9, 10]),
    );
    expect(missingFrom(ranges([1, 4], [5, 10]), ranges([2, 9]))).to.deep.equal([]);
    expect(missingFrom([], ranges([4, 4]))).to.deep.equal(ranges([4, 4]));
  });

  it('have in common what is in both', () => {
    expect(common(ranges([1, 5], [10, 12]), ranges([5, 10]))).to.deep.equal(ranges([5, 5], [10, 10]));
    expect(common(ranges([1, 4]), ranges([5, 6]))).to.deep.equal([]);
  });
});
