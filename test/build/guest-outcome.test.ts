// What the end of a look means for a wait; the real ends are those of wait-for-guest.test.ts.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { outcomeOf } from '../../src/build/guest-outcome.js';
import { fail } from '../../src/errors/index.js';

const host = 'guest:5986';
const certificate = null;
const fault = { host, doing: 'Enumerate', code: null, hresult: null, name: null };
const said = { provider: null, subcode: null, text: '' };

function both(error: unknown): (string | null)[] {
  return [false, true].map((hasAnswered) => outcomeOf(error, { hasAnswered }));
}

describe('a look that ends with', () => {
  it('no connection found nobody, or somebody who went away', () => {
    const error = fail('E_WSMAN_UNREACHABLE', { host, reason: 'x' });
    expect(both(error)).to.deep.equal(['silence', 'broken-off']);
  });

  it('a certificate or a TLS that is not taken found a stranger, whatever was before', () => {
    for (const error of [
      fail('E_WSMAN_CERTIFICATE', { host, reason: 'x', certificate }),
      fail('E_WSMAN_PROTOCOL', { host, doing: 'TLS', reason: 'x' }),
    ])
      expect(both(error), error.code).to.deep.equal(['stranger', 'stranger']);
  });

  it('the refusal of the password found just that', () => {
    const error = fail('E_WSMAN_UNAUTHORIZED', { host, user: 'u', scheme: 'basic', offers: ['Basic'] });
    expect(both(error)).to.deep.equal(['password-refused', 'password-refused']);
  });

  it('anything else that this build’s guest says found one that is not ready', () => {
    for (const error of [
      fail('E_WSMAN_PROTOCOL', { host, doing: 'Identify', reason: 'HTTP status 503' }),
      fail('E_WSMAN_TIMEOUT', { host, doing: 'Identify', timeoutMs: 1, saidByHost: false }),
      fail('E_WSMAN_NOT_OFFERED', { host, scheme: 'basic', offers: ['Negotiate'] }),
      fail('E_WSMAN_FAULT', { ...fault, ...said }),
      fail('E_WSMAN_ACCESS_DENIED', { ...fault, ...said }),
      fail('E_WSMAN_QUOTA', { ...fault, ...said }),
    ])
      expect(both(error), error.code).to.deep.equal(['not-ready', 'not-ready']);
  });

  it('what no waiting changes is not an outcome', () => {
    for (const error of [
      fail('E_BUILD_NOT_A_TWIN', { host, placeholders: 1 }),
      fail('E_WSMAN_CA', { reason: 'x' }),
      new TypeError('a defect'),
    ])
      expect(both(error)).to.deep.equal([null, null]);
  });
});
