import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkPorts } from '../../src/doctor/check-ports.js';
import { inShort, placeOf } from './kit.js';

describe('the ports of loopback', () => {
  it('are tried where the guest is reached on one', async () => {
    expect(inShort(await checkPorts(placeOf({ address: 'forwarded' })))).to.deep.equal(['ports ok']);
  });

  it('are tried where no platform is named', async () => {
    expect(inShort(await checkPorts(null))).to.deep.equal(['ports ok']);
  });

  it('are no matter where the guest has an address of its own', async () => {
    expect(await checkPorts(placeOf({ address: 'in-box' }))).to.deep.equal([]);
  });
});
