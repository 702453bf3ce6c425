import { expect } from 'chai';
import { describe, it } from 'mocha';
import { networkReason } from '../../src/util/index.js';

describe('util/network-reason', () => {
  it('tells what a code of a socket means', () => {
    expect(networkReason('ECONNREFUSED')).to.equal('nobody listens there');
    expect(networkReason('EPIPE')).to.equal(networkReason('ECONNRESET'));
  });

  it('knows nothing of other codes', () => {
    for (const code of ['EPROTO', '', undefined, 5]) expect(networkReason(code)).to.equal(undefined);
  });
});
