// Clients that do not keep to NTLM, SPNEGO or sealing, against the server over plain HTTP. None of them gets in, none of
// them is a defect, and the next honest client does get in.
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ntlmClient } from '../../../src/wsman/auth/ntlm-client.js';
import { encodeNegTokenInit } from '../../../src/wsman/auth/spnego/neg-token-init.js';
import { encodeNegTokenResp } from '../../../src/wsman/auth/spnego/neg-token-resp.js';
import { mechanism } from '../../../src/wsman/auth/spnego/mechanisms.js';
import { encodeIdentify } from '../../../src/wsman/envelope/identify.js';
import { basic } from '../raw.js';
import { password, startRig, user, type Rig } from '../rig.js';
import { leavesNothing } from './nothing-left.js';
import {
  almostIn,
  logIn,
  negotiate,
  open,
  post,
  rawClient,
  sealedPost,
  type RawClient,
} from './raw-client.js';

const type1 = async (): Promise<Buffer> => {
  const facts = { secure: false, host: 'x', serverCertificate: null };
  const header = await ntlmClient({ user, password }).begin(facts).first();
  return Buffer.from(header.split(' ')[1] ?? '', 'base64');
};

async function stillServes(rig: Rig): Promise<void> {
  expect(await rig.client().identify()).to.include({ productVendor: 'toy' });
  expect(rig.defects).to.deep.equal([]);
}

/** What a login with this last token is answered by, on a connection of its own. */
async function lastLeg(rig: Rig, change: (type3: Buffer) => Buffer): Promise<number | null> {
  const client = await rawClient({ port: rig.port });
  const { type3 } = await almostIn(client);
  const status = await client.ask(post('', negotiate(change(type3))));
  client.socket.destroy();
  return status;
}

describe('wsman: clients that do not keep to NTLM', () => {
  leavesNothing();
  const start = (): Promise<Rig> => startRig({ plain: true });

  it('type 3 cut at every offset is a 401', async () => {
    const rig = await start();
    const { type3 } = await almostIn(await rawClient({ port: rig.port }));
    for (let at = 0; at < type3.length; at++) {
      expect(await lastLeg(rig, (whole) => whole.subarray(0, at)), `cut at ${at}`).to.equal(401);
    }
    await stillServes(rig);
  });

  it('type 3 with any byte changed is a 401', async () => {
    const rig = await start();
    const { type3 } = await almostIn(await rawClient({ port: rig.port }));
    for (let at = 0; at < type3.length; at++) {
      const status = await lastLeg(rig, (whole) => {
        whole.writeUInt8(whole.readUInt8(at) ^ 0xff, at);
        return whole;
      });
      expect(status, `byte ${at}`).to.equal(401);
    }
    await stillServes(rig);
  });

  it('type 1 cut at every offset is a 401, and a challenge at most', async () => {
    const rig = await start();
    const whole = await type1();
    for (let at = 1; at < whole.length; at++) {
      const client = await rawClient({ port: rig.port });
      expect(await client.ask(post('', negotiate(whole.subarray(0, at)))), `cut at ${at}`).to.equal(401);
      client.socket.destroy();
    }
    await stillServes(rig);
  });

  const tokens: Record<string, () => Promise<Buffer> | Buffer> = {
    nothing: () => Buffer.alloc(0),
    zeros: () => Buffer.alloc(64),
    'the name of NTLM alone': () => Buffer.from('NTLMSSP\0'),
    'type 2': () => Buffer.concat([Buffer.from('NTLMSSP\0\x02\0\0\0'), Buffer.alloc(60)]),
    'type 4,294,967,295': () => Buffer.concat([Buffer.from('NTLMSSP\0'), Buffer.alloc(60, 0xff)]),
    'type 3 without type 1': () => Buffer.concat([Buffer.from('NTLMSSP\0\x03\0\0\0'), Buffer.alloc(200)]),
    'a SPNEGO without a mechanism': () => encodeNegTokenInit({ mechTypes: [], mechToken: null }),
    'a SPNEGO with 2000 mechanisms': async () =>
      encodeNegTokenInit({
        mechTypes: new Array<string>(2000).fill(mechanism.kerberos),
        mechToken: await type1(),
      }),
    'a SPNEGO for Kerberos alone': () =>
      encodeNegTokenInit({ mechTypes: [mechanism.kerberos], mechToken: Buffer.alloc(10) }),
    'a SPNEGO answer before its question': () => encodeNegTokenResp({ responseToken: Buffer.alloc(100) }),
    'a DER length beyond the bytes': () => Buffer.from('6083ffffff0606', 'hex'),
    'an indefinite DER length': () => Buffer.from('60800606', 'hex'),
    'a DER length of eight bytes': () => Buffer.from('6088ffffffffffffffff', 'hex'),
    'DER in DER in DER': () => Buffer.alloc(40_000, 0x60),
    noise: () => randomBytes(3000),
  };
  for (const [what, make] of Object.entries(tokens)) {
    it(`${what} is a 401`, async () => {
      const rig = await start();
      const client = await rawClient({ port: rig.port });
      expect(await client.ask(post('', negotiate(await make())))).to.equal(401);
      await stillServes(rig);
      expect(rig.tries()).to.equal(1);
    });
  }

  it('SPNEGO with any of its lengths changed is a 401, and a challenge at most', async () => {
    const rig = await start();
    const whole = encodeNegTokenInit({ mechTypes: [mechanism.ntlm], mechToken: await type1() });
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0x00, 0x7f, 0x80, 0x84, 0xff]) {
        const token = Buffer.from(whole);
        token.writeUInt8(value, at);
        const client = await rawClient({ port: rig.port });
        expect(await client.ask(post('', negotiate(token))), `${value} at ${at}`).to.equal(401);
        client.socket.destroy();
      }
    }
    await stillServes(rig);
  }).timeout(30_000);

  const headers: Record<string, string> = {
    'no token': 'Negotiate',
    'what is no base64': 'Negotiate %%%%',
    'another scheme': 'Digest x',
    'nothing at all': ' ',
    'a very long one': `Negotiate ${'A'.repeat(60_000)}`,
    'two of them': 'Negotiate AAAA, Basic AAAA',
  };
  for (const [what, value] of Object.entries(headers)) {
    it(`an Authorization with ${what} is a 401`, async () => {
      const rig = await start();
      expect(await (await rawClient({ port: rig.port })).ask(post('', { Authorization: value }))).to.equal(
        401,
      );
      await stillServes(rig);
    });
  }

  it('a challenge is answered once: the second type 1 makes the first challenge void', async () => {
    const rig = await start();
    const client = await rawClient({ port: rig.port });
    const first = await almostIn(client);
    const second = await almostIn(client);
    expect(await client.ask(post('', negotiate(first.type3)))).to.equal(401);
    const other = await rawClient({ port: rig.port });
    expect(await other.ask(post('', negotiate(second.type3)))).to.equal(401);
  });

  it('type 3 of another connection is worth nothing, nor is one that was used', async () => {
    const rig = await start();
    const [client, other] = [await rawClient({ port: rig.port }), await rawClient({ port: rig.port })];
    const stolen = await almostIn(client);
    await almostIn(other);
    expect(await other.ask(post('', negotiate(stolen.type3)))).to.equal(401);
    expect(await client.ask(post('', negotiate(stolen.type3)))).to.equal(200);
    expect(await client.ask(post('', negotiate(stolen.type3)))).to.equal(401);
  });

  it('a login that failed ends the one that held', async () => {
    const rig = await start();
    const client = await rawClient({ port: rig.port });
    const security = await logIn(client);
    expect(await client.ask(sealedPost(security, encodeIdentify()))).to.equal(200);
    expect(await client.ask(post('', negotiate(await type1())))).to.equal(401);
    expect(await client.ask(sealedPost(security, encodeIdentify()))).to.equal(401);
  });

  it('who came in on one connection is nobody on another', async () => {
    const rig = await start();
    const [client, other] = [await rawClient({ port: rig.port }), await rawClient({ port: rig.port })];
    const security = await logIn(client);
    expect(await other.ask(sealedPost(security, encodeIdentify()))).to.equal(401);
  });

  it('what is sealed for one login opens on no other', async () => {
    const rig = await start();
    const [client, other] = [await rawClient({ port: rig.port }), await rawClient({ port: rig.port })];
    const security = await logIn(client);
    await logIn(other);
    expect(await other.ask(sealedPost(security, encodeIdentify()))).to.equal(500);
    expect(await other.reply()).to.equal(null);
  });
});

describe('wsman: clients that do not keep to sealing', () => {
  leavesNothing();
  const inside = async (): Promise<{
    rig: Rig;
    client: RawClient;
    security: Awaited<ReturnType<typeof logIn>>;
  }> => {
    const rig = await startRig({ plain: true });
    const client = await rawClient({ port: rig.port });
    return { rig, client, security: await logIn(client) };
  };
  type Change = NonNullable<Parameters<typeof sealedPost>[2]>;
  const flipped = (bytes: Buffer, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    return copy;
  };

  const changes: Record<string, Change> = {
    'a changed signature': (parts) => ({ ...parts, header: flipped(parts.header, 6) }),
    'another number': (parts) => ({ ...parts, header: flipped(parts.header, 12) }),
    'no signature': (parts) => ({ ...parts, header: Buffer.alloc(0) }),
    'a changed byte': (parts) => ({ ...parts, sealed: flipped(parts.sealed, 50) }),
    'nothing inside': (parts) => ({ ...parts, sealed: Buffer.alloc(0), plainLength: 0 }),
    'a length too small': (parts) => ({ ...parts, plainLength: parts.plainLength - 1 }),
    'a length too large': (parts) => ({ ...parts, plainLength: parts.plainLength + 1 }),
    'a length of petabytes': (parts) => ({ ...parts, plainLength: 999_999_999_999_999 }),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`a body with ${what} is a 500, and the end of the connection`, async () => {
      const { rig, client, security } = await inside();
      expect(await client.ask(sealedPost(security, encodeIdentify(), change))).to.equal(500);
      expect(await client.reply()).to.equal(null);
      await stillServes(rig);
    });
  }

  it('a body of before, once more, is a 500 and the end', async () => {
    const { client, security } = await inside();
    const request = sealedPost(security, encodeIdentify());
    expect(await client.ask(request)).to.equal(200);
    expect(await client.ask(request)).to.equal(500);
    expect(await client.reply()).to.equal(null);
  });

  it('a sealed body cut at every offset is a 500', async () => {
    const { rig, security } = await inside();
    const whole = sealedPost(security, encodeIdentify());
    const body = whole.subarray(whole.indexOf('\r\n\r\n') + 4);
    const type = /^Content-Type: ([^\r]*)/im.exec(whole.toString('latin1'))?.[1] ?? '';
    const client = await rawClient({ port: rig.port });
    await logIn(client);
    for (let at = 1; at < body.length; at += 7) {
      const other = await rawClient({ port: rig.port });
      await logIn(other);
      expect(await other.ask(post(body.subarray(0, at), { 'Content-Type': type })), `cut at ${at}`).to.equal(
        500,
      );
      other.socket.destroy();
    }
    await stillServes(rig);
  });

  it('a plain body where sealing is wanted is a 500 without a word, and the count goes on', async () => {
    const { client, security } = await inside();
    expect(await client.ask(post(encodeIdentify()))).to.equal(500);
    client.send(sealedPost(security, encodeIdentify()));
    expect(open(security, await client.reply())).to.contain('IdentifyResponse');
  });

  it('a plain body with the last leg is a 401, and nobody is in', async () => {
    const rig = await startRig({ plain: true });
    const client = await rawClient({ port: rig.port });
    const { type3, security } = await almostIn(client);
    expect(await client.ask(post(encodeIdentify(), negotiate(type3)))).to.equal(401);
    await client.closed;
    const other = await rawClient({ port: rig.port });
    expect(await other.ask(sealedPost(await security(), encodeIdentify()))).to.equal(401);
  });

  it('a sealed body from nobody is a 401', async () => {
    const { rig, security } = await inside();
    const other = await rawClient({ port: rig.port });
    expect(await other.ask(sealedPost(security, encodeIdentify()))).to.equal(401);
  });

  it('a password in clear text over plain HTTP is not looked at', async () => {
    const { rig, client } = await inside();
    const before = rig.tries();
    expect(await client.ask(post(encodeIdentify(), basic(user, password)))).to.equal(401);
    expect(rig.tries()).to.equal(before);
  });

  const types: Record<string, string> = {
    'without a protocol': 'multipart/encrypted;boundary="Encrypted Boundary"',
    'with another protocol': 'multipart/encrypted;protocol="application/HTTP-Kerberos-session-encrypted"',
    'with a name that only begins so': 'multipart/encrypted-not',
    'with 60,000 parameters': `multipart/encrypted;${'a=b;'.repeat(15_000)}`,
  };
  for (const [what, type] of Object.entries(types)) {
    it(`a sealed body ${what} is a 500`, async () => {
      const { rig, client, security } = await inside();
      const request = sealedPost(security, encodeIdentify());
      const body = request.subarray(request.indexOf('\r\n\r\n') + 4);
      expect(await client.ask(post(body, { 'Content-Type': type }))).to.equal(500);
      await stillServes(rig);
    });
  }
});
