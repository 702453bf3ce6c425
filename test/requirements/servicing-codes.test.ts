import { expect } from 'chai';
import { describe, it } from 'mocha';
import { exitCodes } from '../../src/requirements/servicing-codes.js';

describe('the exit codes of Windows’ installers', () => {
  it('are success and restart alike for all of them', () => {
    for (const tool of ['dism', 'wusa', 'installer'] as const)
      expect(exitCodes(tool, 'installed', 'restart needed'), tool).to.deep.equal([0, 3010]);
  });

  it('of wusa: already there, not applicable, access denied', () => {
    expect(exitCodes('wusa', 'already there')).to.deep.equal([2359302]);
    expect(exitCodes('wusa', 'not applicable')).to.deep.equal([2149842967, -2145124329]);
    expect(exitCodes('wusa', 'denied')).to.deep.equal([5]);
  });

  it('of DISM: not applicable, with and without a sign', () => {
    expect(exitCodes('dism', 'not applicable')).to.deep.equal([2148468766, -2146498530]);
    expect(exitCodes('dism', 'already there', 'denied')).to.deep.equal([]);
  });
});
