// Clients whose HTTP is wrong, too much, too slow or broken off, against the server. After each of them an honest client
// is answered as if nothing had been.
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { actions } from '../../../src/wsman/actions.js';
import { encodeEnumerate } from '../../../src/wsman/envelope/enumeration.js';
import { encodeIdentify } from '../../../src/wsman/envelope/identify.js';
import { basic } from '../raw.js';
import { password, startRig, user, type Rig } from '../rig.js';
import { requestText } from '../server/machine.js';
import { serviceInstance, toyHandler } from '../toy-handler.js';
import { drip, flood } from './answers.js';
import { leavesNothing } from './nothing-left.js';
import { post, rawClient, RawClient } from './raw-client.js';

const impatient = { limits: { connectionTimeoutMs: 100 } };
const admin = basic(user, password);
const anonymous = { WSMANIDENTIFY: 'unauthenticated' };

async function stillServes(rig: Rig, options: { plain?: boolean } = {}): Promise<void> {
  const client = rig.client(options.plain === true ? {} : { auth: { method: 'basic', user, password } });
  expect(await client.identify()).to.include({ productVendor: 'toy' });
  expect(rig.defects).to.deep.equal([]);
}

/** Without TLS and without a greeting. */
async function plainSocket(port: number): Promise<RawClient> {
  const socket = connectTcp({ host: '127.0.0.1', port });
  const client = new RawClient(socket);
  await Promise.race([once(socket, 'connect'), client.closed]);
  return client;
}

describe('wsman: clients that are too slow', () => {
  leavesNothing();

  const slow: Record<string, (client: RawClient) => void> = {
    'send nothing': () => undefined,
    'send half a request line': (client) => {
      client.send('POST /ws');
    },
    'send headers without end': (client) => {
      client.send('POST /wsman HTTP/1.1\r\nHost: x\r\n');
    },
    'send headers a byte at a time': (client) => {
      drip(client.socket, post(encodeIdentify(), anonymous));
    },
    'send half a body': (client) => {
      client.send(post('<s:Envelope', { ...anonymous, 'Content-Length': '400' }));
    },
    'send a body a byte at a time': (client) => {
      const request = post(encodeIdentify(), anonymous);
      client.send(request.subarray(0, request.indexOf('<')));
      drip(client.socket, request.subarray(request.indexOf('<')));
    },
    'send one chunk and no other': (client) => {
      client.send('POST /wsman HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n');
    },
  };
  for (const [what, act] of Object.entries(slow)) {
    it(`are not waited for when they ${what}`, async () => {
      const rig = await startRig({ ...impatient, plain: true });
      const client = await plainSocket(rig.port);
      act(client);
      const reply = await client.reply();
      // HTTP's own word for it, or none.
      expect(reply?.status ?? 408).to.equal(408);
      await client.closed;
      expect(rig.defects).to.deep.equal([]);
    });
  }

  it('are not waited for when they do not begin with TLS', async () => {
    const rig = await startRig(impatient);
    await (
      await plainSocket(rig.port)
    ).closed;
  });

  it('are let go after a request when they send no other', async () => {
    const rig = await startRig({ ...impatient, plain: true });
    const client = await plainSocket(rig.port);
    expect(await client.ask(post(encodeIdentify(), anonymous))).to.equal(200);
    await client.closed;
  });

  it('are let go when they do not read what they asked for', async () => {
    const instances = Array.from({ length: 1000 }, (_, index) =>
      serviceInstance(`${'x'.repeat(200)}${index}`),
    );
    const rig = await startRig({ ...impatient, handler: toyHandler({ instances }) });
    const client = await rawClient({ port: rig.port, ca: rig.ca });
    client.socket.pause();
    const body = encodeEnumerate({ optimize: true, maxElements: 32_000, wql: 'select * from X' });
    const request = post(requestText({ action: actions.enumerate, maxEnvelopeBytes: 512_000 }, body), admin);
    // As many as the buffers of both sides take, and then some.
    for (let count = 0; count < 15; count++) client.send(request);
    // Whoever does not read notices the end only by writing.
    drip(client.socket, Buffer.alloc(2000));
    await client.closed;
    expect(rig.defects).to.deep.equal([]);
  });
});

describe('wsman: clients with a wrong HTTP', () => {
  leavesNothing();

  const wrong: Record<string, [status: number, bytes: Buffer | string]> = {
    'no HTTP': [400, 'HELO\r\n\r\n'],
    'TLS without being asked': [400, Buffer.from('16030100f8010000f40303', 'hex')],
    'two lengths': [
      400,
      'POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde',
    ],
    'a length and chunks': [
      400,
      'POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    'a negative length': [400, 'POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    'a length without end': [
      400,
      `POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: ${'9'.repeat(40)}\r\n\r\n`,
    ],
    'a length of 2 GB': [413, 'POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483648\r\n\r\n'],
    'a chunk of impossible size': [
      400,
      'POST /wsman HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n',
    ],
    'an extension of a chunk without end': [
      413,
      `POST /wsman HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(100_000)}`,
    ],
    'a header without end': [431, `POST /wsman HTTP/1.1\r\nHost: ${'x'.repeat(100_000)}`],
    '100,000 headers': [431, `POST /wsman HTTP/1.1\r\n${'X: 1\r\n'.repeat(100_000)}`],
    'a path without end': [431, `POST /${'x'.repeat(100_000)}`],
    'another path': [404, 'POST /wsman/../x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'],
    'another method': [405, 'GET /wsman HTTP/1.1\r\nHost: x\r\n\r\n'],
    'no host': [400, 'POST /wsman HTTP/1.1\r\nContent-Length: 0\r\n\r\n'],
    'an expectation of something else': [
      417,
      'POST /wsman HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: a lot\r\n\r\n',
    ],
    'a wish for another protocol': [
      401,
      'POST /wsman HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n',
    ],
  };
  for (const [what, [status, bytes]] of Object.entries(wrong)) {
    it(`${what}: ${status}, and the connection ends`, async () => {
      const rig = await startRig({ plain: true });
      const client = await plainSocket(rig.port);
      expect(await client.ask(bytes)).to.equal(status);
      await client.closed;
      await stillServes(rig, { plain: true });
    });
  }

  it('a tunnel is not opened', async () => {
    const rig = await startRig({ plain: true });
    const client = await plainSocket(rig.port);
    expect(await client.ask('CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n')).to.equal(null);
  });

  it('more bytes than announced are the next request, and none', async () => {
    const rig = await startRig({ plain: true });
    const client = await plainSocket(rig.port);
    const request = post(encodeIdentify(), anonymous);
    // The second one is seen to be wrong while the first is still worked on.
    expect(await client.ask(request, 'and more\r\n\r\n')).to.equal(400);
    await client.closed;
  });

  it('chunks without end are refused when they are too many bytes, and not read on', async () => {
    const rig = await startRig({ plain: true });
    const client = await plainSocket(rig.port);
    client.send('POST /wsman HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const count = flood(client.socket, Buffer.from(`4000\r\n${'x'.repeat(0x4000)}\r\n`));
    expect((await client.reply())?.status ?? 413).to.equal(413);
    await client.closed;
    expect(count.sent).to.be.below(32 * 1024 * 1024);
    await stillServes(rig, { plain: true });
  });

  it('a body a byte too large is refused, one of the largest size is read', async () => {
    const rig = await startRig({ plain: true, limits: { maxEnvelopeBytes: 8192 } });
    for (const [size, status] of [
      [8192, 401],
      [8193, 413],
    ] as const) {
      const client = await plainSocket(rig.port);
      expect(await client.ask(post('x'.repeat(size)))).to.equal(status);
      await client.closed;
    }
  });

  it('connections beyond the limit are closed at once, and room is made when others go', async () => {
    const rig = await startRig({ plain: true, limits: { maxConnections: 20 } });
    const open = new Set<RawClient>();
    for (let round = 0; round < 20; round++) {
      // As many as the kernel's queue takes at once.
      for (const client of await Promise.all(Array.from({ length: 100 }, () => plainSocket(rig.port)))) {
        open.add(client);
        void client.closed.then(() => open.delete(client));
      }
    }
    while (open.size > 20) await new Promise((resolve) => setImmediate(resolve));
    expect(open.size).to.equal(20);
    const [first] = open;
    expect(await first!.ask(post(encodeIdentify(), anonymous))).to.equal(200);
    for (const client of open) client.socket.destroy();
    // The server hears of it a moment after us.
    let status: number | null = null;
    while (status === null)
      status = await (await plainSocket(rig.port)).ask(post(encodeIdentify(), anonymous));
    expect(status).to.equal(200);
  });

  it('requests that are broken off anywhere leave nothing', async () => {
    const rig = await startRig({ plain: true });
    const request = post(encodeIdentify(), anonymous);
    const clients = await Promise.all(
      Array.from({ length: request.length }, async (_, at) => {
        const client = await plainSocket(rig.port);
        client.socket.end(request.subarray(0, at));
        return client;
      }),
    );
    for (const client of clients) {
      await client.reply();
      client.socket.destroy();
    }
    await stillServes(rig, { plain: true });
  });

  it('a client that goes away while it is answered is no defect', async () => {
    const handler = toyHandler();
    let asked = (): void => undefined;
    let goOn = (): void => undefined;
    const wasAsked = new Promise<void>((resolve) => (asked = resolve));
    handler.get = async () => {
      asked();
      await new Promise<void>((resolve) => (goOn = resolve));
      return serviceInstance('x');
    };
    const rig = await startRig({ handler });
    const controller = new AbortController();
    const client = rig.client({ auth: { method: 'basic', user, password } });
    const instance = { namespace: 'root/cimv2', className: 'Win32_Service', selectors: { Name: 'x' } };
    const asking = client.get(instance, { signal: controller.signal }).catch(() => undefined);
    await wasAsked;
    controller.abort();
    await asking;
    goOn();
    await stillServes(rig);
  });
});
