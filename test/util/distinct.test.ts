import { expect } from 'chai';
import { describe, it } from 'mocha';
import { distinct } from '../../src/util/index.js';

describe('distinct', () => {
  it('keeps the first of what says the same, in the order given', () => {
    const first = { id: 1 };
    const list = distinct([first, { id: 2 }, { id: 1 }]);
    expect(list).to.deep.equal([{ id: 1 }, { id: 2 }]);
    expect(list[0]).to.equal(first);
  });
});
