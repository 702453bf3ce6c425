import { expect } from 'chai';
import { describe, it } from 'mocha';
import { durationInWords } from '../../src/util/index.js';

describe('a duration in words', () => {
  for (const [ms, words] of [
    [0, 'under 1 s'],
    [499, 'under 1 s'],
    [500, '1 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [127_000, '2 min 7 s'],
    [180_000, '3 min'],
    [599_000, '9 min 59 s'],
    [1_680_000, '28 min'],
    [3_569_000, '59 min'],
    [3_570_000, '1 h'],
    [3_900_000, '1 h 5 min'],
    [90_000_000, '25 h'],
  ] as const) {
    it(`of ${ms} ms is ${words}`, () => {
      expect(durationInWords(ms)).to.equal(words);
    });
  }
});
