import { expect } from 'chai';
import { describe, it } from 'mocha';
import { plainRow } from '../../src/verify/plain-row.js';

describe('verify/plain-row', () => {
  it('keeps text, null and lists of text', () => {
    const row = { Name: 'n', Owner: null, Roles: ['a', 'b'] };
    expect(plainRow(row)).to.deep.equal(row);
  });

  it('leaves out objects and references, alone and in lists', () => {
    const reference = { resourceUri: 'urn:x/C', selectors: { Name: 'n' } };
    const object = { className: 'C', resourceUri: 'urn:x/C', properties: {} };
    expect(plainRow({ Name: 'n', A: reference, B: object, C: ['x', object] })).to.deep.equal({ Name: 'n' });
  });
});
