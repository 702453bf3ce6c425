// What goes wrong between client and host, each by its own name.
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type TlsOptions, type WsmanClient } from '../../../src/wsman/index.js';
import { dialTcp } from '../../../src/wsman/client/connection.js';
import { makeCertificates, type TestCertificates } from '../certificates.js';
import { afterwards, rejection, startRig, testCertificates } from '../rig.js';
import { toyHandler } from '../toy-handler.js';

const wql = { namespace: 'root/cimv2', wql: 'select * from X' };

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function clientOf(
  port: number,
  ca: string,
  more: { timeoutMs?: number; signal?: AbortSignal; tls?: TlsOptions } = {},
): WsmanClient {
  const { timeoutMs, ...rest } = more;
  const client = connect({
    ...{ host: '127.0.0.1', port, scheme: 'https', tls: { ca } },
    // One leg, so that each answer is one to a message.
    auth: { method: 'basic', user: 'u', password: 'p' },
    ...(timeoutMs === undefined ? {} : { limits: { tlsMs: timeoutMs, answerMs: timeoutMs } }),
    ...rest,
  });
  afterwards(() => {
    client.close();
  });
  return client;
}

/** A host that is no WinRM, with a certificate that is trusted. */
async function strangeHost(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<WsmanClient> {
  const { ca, cert, key } = await testCertificates();
  return clientOf(await listen(createHttpsServer({ cert, key }, answer)), ca, { timeoutMs: 2000 });
}

async function hostWith(certificates: TestCertificates): Promise<number> {
  const { cert, key } = certificates;
  return listen(createHttpsServer({ cert, key }, () => expect.fail('something was sent')));
}

describe('wsman/client/connection', () => {
  it('is unreachable where nobody listens', async () => {
    const port = await listen(createTcpServer());
    const { ca } = await testCertificates();
    const free = createTcpServer();
    const freePort = await listen(free);
    free.close();
    const error = await rejection(clientOf(freePort, ca).identify());
    expect(error).to.include({ code: 'E_WSMAN_UNREACHABLE', exitCode: 3 });
    expect((error as Error).message).to.contain('nobody listens');
    expect(port).to.not.equal(freePort);
  });

  it('refuses another authority, and says what the certificate says', async () => {
    const { ca } = await makeCertificates({ caName: 'another authority' });
    const port = await hostWith(await testCertificates());
    const error = await rejection(clientOf(port, ca).identify());
    expect(error).to.include({ code: 'E_WSMAN_CERTIFICATE', exitCode: 3 });
    const { message } = error as Error;
    expect(message).to.contain('authority is not trusted').and.contain('No password was sent');
    expect(message).to.contain('CN=test server').and.contain('CN=test authority');
    expect(message)
      .to.contain('IP Address:127.0.0.1')
      .and.match(/thumbprint [0-9A-F]{40}/);
  });

  it('refuses another authority of the same name', async () => {
    const { ca } = await makeCertificates();
    const port = await hostWith(await testCertificates());
    expect(await rejection(clientOf(port, ca).identify())).to.include({ code: 'E_WSMAN_CERTIFICATE' });
  });

  it('refuses a certificate for another address', async () => {
    const certificates = await makeCertificates({ names: [{ type: 'dns', value: 'other.example' }] });
    const error = await rejection(clientOf(await hostWith(certificates), certificates.ca).identify());
    expect(error).to.include({ code: 'E_WSMAN_CERTIFICATE' });
    expect((error as Error).message)
      .to.contain('does not name this address')
      .and.contain('DNS:other.example');
  });

  it('refuses a certificate that has expired', async () => {
    const certificates = await makeCertificates({ expired: true });
    const error = await rejection(clientOf(await hostWith(certificates), certificates.ca).identify());
    expect((error as Error).message).to.contain('it has expired');
  });

  it('takes a certificate by its fingerprint, whoever signed it and whatever it names', async () => {
    const certificates = await makeCertificates({
      ...{ expired: true, caName: 'nobody', names: [{ type: 'dns', value: 'other.example' }] },
    });
    const { cert, key } = certificates;
    const seen = new X509Certificate(cert);
    const port = await listen(
      createHttpsServer({ cert, key }, (_, response) => response.writeHead(503).end()),
    );
    for (const fingerprint of [seen.fingerprint256, seen.fingerprint.replaceAll(':', '').toLowerCase()]) {
      const client = clientOf(port, '', { tls: { fingerprints: ['00'.repeat(32), fingerprint] } });
      expect(await rejection(client.identify())).to.include({ code: 'E_WSMAN_PROTOCOL' });
    }
  });

  it('refuses a certificate that has another fingerprint, although its authority is trusted', async () => {
    const { ca } = await testCertificates();
    const port = await hostWith(await testCertificates());
    const client = clientOf(port, ca, { tls: { ca, fingerprints: ['00'.repeat(32)] } });
    const error = await rejection(client.identify());
    expect(error).to.include({ code: 'E_WSMAN_CERTIFICATE' });
    expect((error as Error).message).to.contain('none of the fingerprints');
  });

  it('speaks TLS 1.1 to an old host only when it is told to', async () => {
    const { ca, cert, key } = await testCertificates();
    const old = {
      cert,
      key,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const;
    const port = await listen(createHttpsServer(old, (_, response) => response.writeHead(503).end()));
    const refused = await rejection(clientOf(port, ca).identify());
    expect(refused).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect((refused as Error).message).to.contain('older TLS');
    const allowed = await rejection(clientOf(port, ca, { tls: { ca, minVersion: 'TLSv1.1' } }).identify());
    expect((allowed as Error).message).to.contain('HTTP status 503');
  });

  it('goes through whatever stream it is given, TLS above it', async () => {
    const rig = await startRig();
    let dialled: unknown;
    const client = rig.client({
      dial: (address, signal) => {
        dialled = address;
        return dialTcp({ ...address, host: '127.0.0.1' }, signal);
      },
    });
    await client.identify();
    expect(dialled).to.deep.equal({ host: '127.0.0.1', port: rig.port });
  });

  it('tells plain HTTP on the port by what it is', async () => {
    const rig = await startRig({ plain: true });
    const { ca } = await testCertificates();
    expect(await rejection(clientOf(rig.port, ca).identify())).to.include({ code: 'E_WSMAN_PROTOCOL' });
  });

  it('gives up on a host that takes the connection and says nothing', async () => {
    const port = await listen(createTcpServer());
    const { ca } = await testCertificates();
    const error = await rejection(clientOf(port, ca, { timeoutMs: 100 }).identify());
    expect(error).to.have.property('code').that.is.oneOf(['E_WSMAN_UNREACHABLE', 'E_WSMAN_TIMEOUT']);
  });

  it('gives up on an answer that does not come, and on one that does not end', async () => {
    const { ca, cert, key } = await testCertificates();
    for (const answer of [
      () => undefined,
      (_: IncomingMessage, response: ServerResponse) => response.writeHead(200).write('<'),
    ]) {
      const port = await listen(createHttpsServer({ cert, key }, answer));
      const error = await rejection(clientOf(port, ca, { timeoutMs: 300 }).enumerate(wql));
      expect(error).to.include({ code: 'E_WSMAN_TIMEOUT', exitCode: 3 });
      expect((error as Error).message).to.contain('0.3 s');
    }
  });

  it('ends with the signal’s own reason', async () => {
    const { ca, cert, key } = await testCertificates();
    const controller = new AbortController();
    const reason = new Error('enough');
    const port = await listen(
      createHttpsServer({ cert, key }, () => {
        controller.abort(reason);
      }),
    );
    const client = clientOf(port, ca, { signal: controller.signal });
    expect(await rejection(client.identify())).to.equal(reason);
    expect(await rejection(client.identify())).to.equal(reason);
  });

  const strange: Record<string, [(response: ServerResponse) => void, string]> = {
    'a web page': [(response) => response.end('<html><body>hello</body></html>'), 'no SOAP'],
    'a page that is not there': [(response) => response.writeHead(404).end(), 'HTTP status 404'],
    'a busy host': [(response) => response.writeHead(503).end(), 'HTTP status 503'],
    'SOAP of another version': [
      (response) => response.end('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>'),
      'no SOAP',
    ],
    'a DOCTYPE': [(response) => response.end('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), 'no SOAP'],
    'an answer to another message': [
      (response) =>
        response.end(
          '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body/></s:Envelope>',
        ),
      'RelatesTo',
    ],
    'an endless answer': [(response) => response.end('x'.repeat(2 * 1024 * 1024 + 1)), 'larger than'],
  };
  for (const [what, [answer, reason]] of Object.entries(strange)) {
    it(`does not take ${what} for WS-Management`, async () => {
      const client = await strangeHost((_, response) => {
        answer(response);
      });
      const error = await rejection(client.enumerate(wql));
      expect(error).to.include({ code: 'E_WSMAN_PROTOCOL', exitCode: 3 });
      expect((error as Error).message).to.contain(reason);
    });
  }

  it('does not blame the password when Identify without one is not allowed', async () => {
    const client = await strangeHost((_, response) => {
      response.writeHead(401).end();
    });
    const error = await rejection(client.identify({ unauthenticated: true }));
    expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect(await rejection(client.identify())).to.include({ code: 'E_WSMAN_UNAUTHORIZED' });
  });

  it('asks again, once, when the host closed the idle connection', async () => {
    const rig = await startRig();
    const client = rig.client();
    await client.identify();
    rig.server.dropConnections();
    expect(await client.enumerate(wql)).to.have.length(3);
  });

  it('does not repeat a method that may change something', async () => {
    const handler = toyHandler();
    let calls = 0;
    handler.invoke = () => {
      calls += 1;
      rig.server.dropConnections();
      return Promise.resolve({ ReturnValue: 0 });
    };
    const rig = await startRig({ handler });
    const client = rig.client();
    await client.identify();
    const call = { namespace: 'root/cimv2', className: 'C', method: 'M', input: {} };
    expect(await rejection(client.invoke(call))).to.include({ code: 'E_WSMAN_UNREACHABLE' });
    expect(calls).to.equal(1);
  });

  it('ignores proxies of the environment', async () => {
    const rig = await startRig();
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
    try {
      await rig.client().identify();
    } finally {
      delete process.env['HTTPS_PROXY'];
    }
  });

  it('uses one connection for all that is asked', async () => {
    const { ca, cert, key } = await testCertificates();
    let connections = 0;
    const server = createHttpsServer({ cert, key }, (_, response) => response.writeHead(503).end());
    server.on('connection', () => (connections += 1));
    const client = clientOf(await listen(server), ca);
    await Promise.all([1, 2, 3].map(() => rejection(client.identify())));
    expect(connections).to.equal(1);
  });
});
