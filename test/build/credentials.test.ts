import { X509Certificate } from 'node:crypto';
import { createServer, connect, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { makeCredentials, makePassword, type Credentials } from '../../src/build/credentials.js';
import { guestName } from '../../src/render/index.js';

const now = new Date('2026-11-23T12:00:00Z');

describe('credentials of a build', () => {
  let credentials: Credentials;

  before(async () => {
    credentials = await makeCredentials({
      hosts: { addresses: ['127.0.0.1'], names: ['localhost'] },
      run: 'r1',
      now,
    });
  });

  it('hold a server certificate that the authority signed and that names address and host', () => {
    const server = new X509Certificate(credentials.serverCertificate);
    const authority = new X509Certificate(credentials.caCertificate);

    expect(server.checkIssued(authority)).to.equal(true);
    expect(server.verify(authority.publicKey)).to.equal(true);
    expect(server.checkIP('127.0.0.1')).to.equal('127.0.0.1');
    expect(server.checkHost('localhost')).to.equal('localhost');
    expect(server.checkIP('127.0.0.2')).to.equal(undefined);
    expect(server.ca).to.equal(false);
    expect(authority.ca).to.equal(true);
  });

  it('hold a certificate that says one name as its subject, whoever the guest is, and that name among the others', () => {
    const server = new X509Certificate(credentials.serverCertificate);

    expect(server.subject).to.equal(`CN=${guestName}`);
    expect(server.checkHost(guestName)).to.equal(guestName);
  });

  it('hold a certificate for every address that the guest may get', async () => {
    const addresses = ['10.1.2.3', '10.1.2.4', '192.0.2.1'];
    const many = await makeCredentials({ hosts: { addresses, names: ['a', 'b.c'] }, run: 'r1', now });
    const server = new X509Certificate(many.serverCertificate);

    for (const address of addresses) expect(server.checkIP(address)).to.equal(address);
    for (const name of ['a', 'b.c']) expect(server.checkHost(name)).to.equal(name);
    expect(server.checkIP('10.1.2.5')).to.equal(undefined);
  });

  it('use RSA 2048, which Windows Server 2012 R2 takes', () => {
    const server = new X509Certificate(credentials.serverCertificate);
    expect(server.publicKey.asymmetricKeyType).to.equal('rsa');
    expect(server.publicKey.asymmetricKeyDetails?.modulusLength).to.equal(2048);
  });

  it('are valid for a few days, from a day ago: a fresh guest has a wrong clock', () => {
    const server = new X509Certificate(credentials.serverCertificate);
    expect(new Date(server.validFrom).toISOString()).to.equal('2026-11-22T12:00:00.000Z');
    expect(new Date(server.validTo).toISOString()).to.equal('2026-11-26T12:00:00.000Z');
  });

  it('name the certificate as Windows does: SHA-1 in upper-case hex', () => {
    expect(credentials.thumbprint).to.match(/^[0-9A-F]{40}$/);
  });

  it('serve a TLS client that trusts this authority alone', async () => {
    const fresh = await makeCredentials({
      hosts: { addresses: ['127.0.0.1'], names: ['localhost'] },
      run: 'r2',
      now: new Date(),
    });
    const server = createServer({ key: fresh.serverKey, cert: fresh.serverCertificate }, (socket) => {
      socket.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const socket: TLSSocket = connect({ host: '127.0.0.1', port, ca: fresh.caCertificate });
    await once(socket, 'secureConnect');

    expect(socket.authorized).to.equal(true);
    socket.destroy();
    server.close();
    await once(server, 'close');
  });

  it('differ in every build', async () => {
    const other = await makeCredentials({ hosts: { addresses: ['127.0.0.1'], names: [] }, run: 'r1', now });
    expect(other.password).to.not.equal(credentials.password);
    expect(other.thumbprint).to.not.equal(credentials.thumbprint);
  });
});

describe('a password', () => {
  it('has 32 letters and digits of all three sorts, so that no shell, XML or Windows rule minds it', () => {
    for (let round = 0; round < 200; round++) {
      const password = makePassword();
      expect(password).to.match(/^[A-Za-z0-9]{32}$/);
      expect(password).to.match(/[A-Z]/).and.to.match(/[a-z]/).and.to.match(/[0-9]/);
    }
  });

  it('is drawn again where a sort is missing', () => {
    const draws = [Buffer.alloc(64, 0), Buffer.from('0123456789abcdef'.repeat(4), 'latin1')];
    expect(makePassword(() => draws.shift()!)).to.match(/[0-9]/);
  });
});
