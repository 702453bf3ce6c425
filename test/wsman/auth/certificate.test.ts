import { expect } from 'chai';
import { describe, it } from 'mocha';
import { certificateClient, certificateServer, mutualProfile } from '../../../src/wsman/auth/certificate.js';

const overTls = { secure: true, host: 'h', serverCertificate: null };
const given = Buffer.from('a certificate');

describe('wsman/auth/certificate', () => {
  it('names the profile with every request, and gives up at the first 401', async () => {
    const handshake = certificateClient().begin(overTls);
    expect(await handshake.first()).to.equal(mutualProfile);
    expect(await handshake.next(['Negotiate'])).to.equal(null);
  });

  it('is the user that the host maps the certificate to', async () => {
    const server = certificateServer((certificate) => (certificate.equals(given) ? 'Administrator' : null));
    const leg = async (clientCertificate: Buffer | null): Promise<unknown> =>
      server.begin({ ...overTls, clientCertificate }).leg('');
    expect(await leg(given)).to.deep.equal({ outcome: 'accepted', user: 'Administrator', security: null });
    expect(await leg(Buffer.from('another'))).to.deep.equal({ outcome: 'refused' });
    expect(await leg(null)).to.deep.equal({ outcome: 'refused' });
  });
});
