import { expect } from 'chai';
import { describe, it } from 'mocha';
import { chooseScheme, whoAsks } from '../../../src/wsman/auth/choose-scheme.js';
import type { Authentication } from '../../../src/wsman/client/options.js';

const who = { user: 'LYNC\\auditor', password: 'p' };
const certificate: Authentication = { method: 'certificate', cert: 'c', key: 'k' };

const table: [Authentication, https: string, http: string][] = [
  [{ method: 'negotiate', ...who }, 'ntlm', 'ntlm'],
  [{ method: 'ntlm', ...who }, 'ntlm', 'ntlm'],
  [{ method: 'negotiate' }, 'kerberos', 'refused'],
  [{ method: 'kerberos' }, 'kerberos', 'refused'],
  [{ method: 'basic', ...who }, 'basic', 'refused'],
  [certificate, 'certificate', 'refused'],
];

describe('wsman/auth/choose-scheme', () => {
  for (const [auth, https, http] of table) {
    const asker = 'user' in auth ? 'a user' : 'nobody';
    it(`${auth.method} with ${asker} is ${https} over HTTPS, ${http} over HTTP`, () => {
      const choose = (scheme: 'https' | 'http'): string => chooseScheme(auth, { host: 'h:1', scheme }).name;
      expect(choose('https')).to.equal(https);
      if (http === 'refused')
        expect(() => choose('http'))
          .to.throw()
          .with.property('code', 'E_WSMAN_PLAIN_HTTP');
      else expect(choose('http')).to.equal(http);
    });
  }

  it('says who asks, without what proves it', () => {
    expect(whoAsks({ method: 'basic', ...who })).to.equal('LYNC\\auditor');
    expect(whoAsks(certificate)).to.equal('of this certificate');
    expect(whoAsks({ method: 'kerberos' })).to.equal('of the Kerberos ticket');
  });
});
