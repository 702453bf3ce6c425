import { expect } from 'chai';
import { describe, it } from 'mocha';
import { knownAddress } from '../../src/platforms/known-address.js';
import { fixedAddress, machineOf } from './asked-of.js';

describe('knownAddress', () => {
  it('lets a network or a fixed address pass', () => {
    expect(knownAddress('vsphere', machineOf())).to.deep.equal([]);
    expect(
      knownAddress('vsphere', machineOf({ network: { range: null, static: fixedAddress } })),
    ).to.deep.equal([]);
  });

  it('refuses a guest whose certificate could name no address, and says what to write', () => {
    const [limit, ...others] = knownAddress('vsphere', machineOf({ network: { range: null, static: null } }));

    expect(others).to.deep.equal([]);
    expect(limit?.code).to.equal('E_PLATFORM_LIMIT');
    expect(limit?.exitCode).to.equal(2);
    expect(limit?.message).to.match(/^vsphere cannot make a machine on a network/);
    expect(limit?.suggestions.join()).to.contain('network.range').and.to.contain('network.address');
  });
});
