import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseOptionValues } from '../../src/cli/option-values.js';

describe('parseOptionValues', () => {
  it('reads names and values; a value may be empty or hold an equals sign', () => {
    expect(parseOptionValues(['conferencing=true', 'path=a=b', 'note='])).to.deep.equal({
      conferencing: 'true',
      path: 'a=b',
      note: '',
    });
    expect(parseOptionValues([])).to.deep.equal({});
  });

  for (const given of [['conferencing'], ['=true'], ['a=1', 'a=2']]) {
    it(`refuses ${given.join(' ')}`, () => {
      expect(() => parseOptionValues(given))
        .to.throw(/--option/)
        .with.property('exitCode', 2);
    });
  }
});
