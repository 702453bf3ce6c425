// Hosts that cannot be connected to as they should, below HTTP, against the client: nothing is sent to them, least of all
// a password.
import { createServer as createTcpServer, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LyncimgError } from '../../../src/errors/index.js';
import { connect, type ConnectOptions, type WsmanClient } from '../../../src/wsman/index.js';
import { makeCertificates } from '../certificates.js';
import { password, rejection, testCertificates, user } from '../rig.js';
import { drip, flood } from './answers.js';
import { closing, listen } from './byte-host.js';
import { leavesNothing } from './nothing-left.js';

const impatient = { connectMs: 100, tlsMs: 100 };

async function clientOf(port: number, more: Partial<ConnectOptions> = {}): Promise<WsmanClient> {
  const { ca } = await testCertificates();
  return closing(
    connect({
      ...{ host: '127.0.0.1', port, scheme: 'https', tls: { ca }, auth: { method: 'basic', user, password } },
      ...more,
    }),
  );
}

/** A record of TLS: handshake, of this length. */
const record = (length: number): Buffer => Buffer.from([0x16, 0x03, 0x03, length >> 8, length & 0xff]);

describe('wsman: hosts below HTTP', () => {
  leavesNothing();

  const greetings: Record<string, [greet: (socket: Socket) => void, code: string, says: string]> = {
    'says nothing': [() => undefined, 'E_WSMAN_UNREACHABLE', 'no TLS connection within 0.1 s'],
    'closes at once': [(socket) => socket.end(), 'E_WSMAN_UNREACHABLE', 'broken off'],
    resets: [
      (socket) => {
        socket.resetAndDestroy();
      },
      'E_WSMAN_UNREACHABLE',
      'broken off',
    ],
    'speaks HTTP': [
      (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'E_WSMAN_PROTOCOL',
      'not TLS',
    ],
    'speaks SSH': [(socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 'E_WSMAN_PROTOCOL', 'not TLS'],
    'begins a record and does not end it': [
      (socket) => socket.write(record(1000)),
      'E_WSMAN_UNREACHABLE',
      'no TLS connection within 0.1 s',
    ],
    'drips a record': [
      (socket) => {
        drip(socket, Buffer.concat([record(1000), Buffer.alloc(1000)]));
      },
      'E_WSMAN_UNREACHABLE',
      'no TLS connection within 0.1 s',
    ],
    'sends zeros without end': [
      (socket) => {
        flood(socket, Buffer.alloc(65_536));
      },
      'E_WSMAN_PROTOCOL',
      'not TLS',
    ],
    'asks for a handshake again and again': [
      (socket) => socket.write(Buffer.concat([record(1000), Buffer.alloc(1000)])),
      'E_WSMAN_UNREACHABLE',
      'no TLS connection within 0.1 s',
    ],
    'sends an alert': [
      (socket) => socket.write(Buffer.from('15030300020228', 'hex')),
      'E_WSMAN_PROTOCOL',
      'not TLS',
    ],
  };
  for (const [what, [greet, code, says]] of Object.entries(greetings)) {
    it(`a host that ${what}`, async () => {
      const port = await listen(createTcpServer(greet));
      const error = await rejection((await clientOf(port, { limits: impatient })).identify());
      expect(error).to.include({ code, exitCode: 3 });
      expect((error as LyncimgError).message).to.contain(says);
    });
  }

  it('a stream that never opens', async () => {
    const client = await clientOf(1, {
      limits: impatient,
      dial: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    });
    const error = await rejection(client.identify());
    expect(error).to.include({ code: 'E_WSMAN_UNREACHABLE' });
    expect((error as LyncimgError).message).to.contain('no connection within 0.1 s');
  });

  it('a stream that never opens and does not listen to its signal', async () => {
    const late = new PassThrough();
    let open = (): void => undefined;
    const client = await clientOf(1, {
      limits: impatient,
      dial: () =>
        new Promise(
          (resolve) =>
            (open = () => {
              resolve(late);
            }),
        ),
    });
    const error = await rejection(client.identify());
    expect((error as LyncimgError).message).to.contain('no connection within 0.1 s');
    // It comes too late, and goes at once.
    open();
    await new Promise((resolve) => setImmediate(resolve));
    expect(late.destroyed).to.equal(true);
  });

  it('a client that is closed while it connects leaves no connection', async () => {
    let connected = (): void => undefined;
    const isConnected = new Promise<void>((resolve) => (connected = resolve));
    const port = await listen(createTcpServer(connected));
    const client = await clientOf(port);
    const asking = rejection(client.identify());
    await isConnected;
    client.close();
    expect(((await asking) as LyncimgError).message).to.contain('the client was closed');
  });

  interface Untrusted {
    host: { cert: string; key: string };
    /** The only authority that the client trusts. */
    ca: string;
  }
  const other = (): Promise<string> => testCertificates().then(({ ca }) => ca);
  const untrusted: Record<string, [make: () => Promise<Untrusted>, says: string]> = {
    'signed by itself': [
      async () => {
        const { ca, caKey } = await makeCertificates({ caName: 'itself' });
        return { host: { cert: ca, key: caKey }, ca: await other() };
      },
      'signed by itself',
    ],
    'of another authority': [
      async () => ({ host: await makeCertificates({ caName: 'other' }), ca: await other() }),
      'authority is not trusted',
    ],
    'that has expired': [
      async () => {
        const made = await makeCertificates({ expired: true });
        return { host: made, ca: made.ca };
      },
      'expired',
    ],
    'for another name': [
      async () => {
        const made = await makeCertificates({ names: [{ type: 'dns', value: 'other.example' }] });
        return { host: made, ca: made.ca };
      },
      'does not name this address',
    ],
  };
  for (const [what, [make, says]] of Object.entries(untrusted)) {
    it(`a certificate ${what}: not a byte of HTTP goes out`, async () => {
      let heard = 0;
      const { host, ca } = await make();
      const server = createTlsServer({ cert: host.cert, key: host.key }, (socket) =>
        socket.on('data', () => (heard += 1)),
      );
      const error = await rejection((await clientOf(await listen(server), { tls: { ca } })).identify());
      expect(error).to.include({ code: 'E_WSMAN_CERTIFICATE', exitCode: 3 });
      expect((error as LyncimgError).message)
        .to.contain(says)
        .and.contain('No password was sent');
      expect(heard).to.equal(0);
    });
  }

  it('a name in a certificate cannot steer a terminal', async () => {
    const names = [{ type: 'dns' as const, value: 'a.example' }];
    const { ca, cert, key } = await makeCertificates({ caName: 'x\u001b[31m\u009b0m', names });
    const port = await listen(createTlsServer({ cert, key }));
    const error = await rejection((await clientOf(port, { tls: { ca } })).identify());
    expect(error).to.include({ code: 'E_WSMAN_CERTIFICATE' });
    expect((error as LyncimgError).message).to.not.match(/[^\P{Cc}\n]/u);
  });
});
