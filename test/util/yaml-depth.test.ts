import { expect } from 'chai';
import { describe, it } from 'mocha';
import { nestsDeeper } from '../../src/util/index.js';

describe('the nesting of YAML', () => {
  for (const [what, text] of [
    ['lists', '['.repeat(50_000)],
    ['mappings', '{a: '.repeat(20_000)],
    ['brackets over lines', '- [\n'.repeat(20_000)],
    ['list marks', '- '.repeat(20_000)],
    ['key marks', '? '.repeat(20_000)],
  ] as const) {
    it(`is too deep where ${what} stand in each other`, () => {
      expect(nestsDeeper(text, 50)).to.equal(true);
    });
  }

  it('is not made deep by what stands beside each other, nor by brackets in a text', () => {
    const text = 'a: [b, {c: d}]\n- [x]\n- y [[[[[[\n- "[[[[[["\n';

    expect(nestsDeeper(text.repeat(500), 5)).to.equal(false);
  });

  it('ends with the line that is not closed: each is counted from its own start', () => {
    expect(nestsDeeper('- - - x\n'.repeat(500), 3)).to.equal(false);
  });
});
