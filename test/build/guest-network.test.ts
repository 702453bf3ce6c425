import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { checkServerIdentity, connect, createServer } from 'node:tls';
import { promisify } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { makeCredentials } from '../../src/build/credentials.js';
import { guestAddresses } from '../../src/build/guest-network.js';
import { LyncimgError } from '../../src/errors/index.js';
import { guestName } from '../../src/render/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

function refusal(range: string): { message: string; suggestions: string[] } {
  try {
    guestAddresses(range);
  } catch (error) {
    expect(error, range).to.be.instanceOf(LyncimgError);
    expect(error, range).to.deep.include({ code: 'E_NETWORK_RANGE', exitCode: 2 });
    return error as LyncimgError;
  }
  throw new Error(`${range} was taken`);
}

describe('the addresses of a network', () => {
  it('are those that a host can have', () => {
    const addresses = guestAddresses('10.1.2.0/24');

    expect(addresses).to.have.length(254);
    expect([addresses[0], addresses.at(-1)]).to.deep.equal(['10.1.2.1', '10.1.2.254']);
    expect(guestAddresses('192.168.7.128/30')).to.deep.equal(['192.168.7.129', '192.168.7.130']);
    expect(guestAddresses('255.255.255.252/30')).to.deep.equal(['255.255.255.253', '255.255.255.254']);
  });

  it('are both of a pair, and the one of a single host (RFC 3021)', () => {
    expect(guestAddresses('10.0.0.0/31')).to.deep.equal(['10.0.0.0', '10.0.0.1']);
    expect(guestAddresses('10.0.0.7/32')).to.deep.equal(['10.0.0.7']);
  });

  it('are 1022 at most', () => {
    const addresses = guestAddresses('172.16.8.0/22');

    expect(addresses).to.have.length(1022);
    expect(addresses).to.include.members(['172.16.8.255', '172.16.9.0', '172.16.11.254']);
    expect(new Set(addresses).size).to.equal(1022);
  });

  it('are refused where the certificate would get too large for them', () => {
    expect(refusal('10.0.0.0/21').message).to.contain('2048 addresses').and.to.contain('/22 with 1022');
    expect(refusal('10.0.0.0/8').message).to.contain('16777216 addresses');
    expect(refusal('0.0.0.0/0').message).to.contain('4294967296 addresses');
  });

  it('are refused for a host in place of its network, which is named', () => {
    const { message, suggestions } = refusal('10.1.2.30/24');

    expect(message).to.contain('"10.1.2.30/24"').and.to.contain('in the network 10.1.2.0/24');
    expect(suggestions[0]).to.equal(
      'Write network.range: 10.1.2.0/24, if that is the network that is meant.',
    );
  });

  it('are refused for IPv6', () => {
    expect(refusal('fd00::/64').message).to.contain('IPv6');
    expect(refusal('::ffff:10.0.0.0/120').message).to.contain('IPv6');
  });

  it('are refused for anything else', () => {
    for (const range of [
      ...['', '10.1.2.0', '10.1.2.0/', '10.1.2/24', '10.1.2.0/24/24', '10.1.2.0/33', '10.1.2.256/24'],
      ...['10.01.2.0/24', '10.1.2.0/024', ' 10.1.2.0/24', '10.1.2.0/24\n', '10.1.2.0-10.1.2.9', 'ten/24'],
      ...['10.1.2.0/255.255.255.0', '10.1.2.0/-1', '1e1.0.0.0/24', `${'9'.repeat(5000)}/24`],
    ]) {
      const { message } = refusal(range);
      expect(message, range).to.contain('e.g. 10.1.2.0/24');
      // eslint-disable-next-line no-control-regex -- none may reach a terminal
      expect(message, range).not.to.match(/[\x00-\x1f]/);
      expect(message.length).to.be.lessThan(300);
    }
  });

  it('lie in the network, all of them and no others', () => {
    const network = fc.record({ base: fc.nat(0xffffff), prefix: fc.integer({ min: 22, max: 30 }) });
    fc.assert(
      fc.property(network, ({ base, prefix }) => {
        const size = 2 ** (32 - prefix);
        const first = Math.floor((base * 256) / size) * size;
        const dotted = (value: number) =>
          [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');
        const addresses = guestAddresses(`${dotted(first)}/${prefix}`);

        expect(addresses).to.have.length(size - 2);
        expect([addresses[0], addresses.at(-1)]).to.deep.equal([dotted(first + 1), dotted(first + size - 2)]);
      }),
    );
  });
});

describe('the certificate of a guest in the largest network', () => {
  const folder = temporaryFolder();

  it('fits into one TLS record, and is taken by Node and OpenSSL under each address of it and no other', async () => {
    const addresses = guestAddresses('10.1.4.0/22');
    const { serverCertificate, serverKey, caCertificate } = await makeCredentials({
      ...{ hosts: { addresses, names: [] }, run: 'r1', now: new Date() },
    });
    const certificate = new X509Certificate(serverCertificate);
    expect(certificate.raw.length).to.be.within(6_000, 8_192);
    const names = addresses.map((address) => `IP Address:${address}`);
    expect(certificate.subjectAltName).to.equal([...names, `DNS:${guestName}`].join(', '));
    expect(certificate.checkIP('10.1.7.254')).to.equal('10.1.7.254');
    for (const address of ['10.1.4.0', '10.1.7.255', '10.1.8.1', '127.0.0.1']) {
      expect(certificate.checkIP(address)).to.equal(undefined);
    }

    const server = createServer(
      { key: serverKey, cert: serverCertificate, maxVersion: 'TLSv1.2' },
      (socket) => {
        socket.on('error', () => undefined);
        socket.end();
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const socket = connect({
        ...{ host: '127.0.0.1', port, ca: caCertificate },
        checkServerIdentity: (_, peer) => checkServerIdentity('10.1.7.254', peer),
      });
      await once(socket, 'secureConnect');
      expect(socket.authorized).to.equal(true);
      socket.destroy();

      const ca = join(folder.path, 'ca.pem');
      await writeFile(ca, caCertificate);
      for (const [address, verdict] of [
        ['10.1.4.1', 'Verify return code: 0 (ok)'],
        ['10.1.8.1', 'Verify return code: 64 (IP address mismatch)'],
      ] as const) {
        const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-CAfile', ca, '-verify_ip', address];
        const { stdout } = await promisify(execFile)('openssl', args);
        expect(stdout).to.contain(verdict);
      }
    } finally {
      server.close();
      await once(server, 'close');
    }
  });
});
