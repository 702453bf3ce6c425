// Hosts that lie in the handshake of NTLM, against the client. What matters beside the error: how often the password is
// proved (each proof may count towards the lock-out of an account), and that nothing goes out unsealed.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LyncimgError } from '../../../src/errors/index.js';
import { flag } from '../../../src/wsman/auth/ntlm/flags.js';
import { rejection } from '../rig.js';
import { http } from './answers.js';
import type { ByteHost } from './byte-host.js';
import { leavesNothing } from './nothing-left.js';
import { changed, honest, ntlmHost, type NtlmConduct } from './ntlm-host.js';

const question = { namespace: 'root/cimv2', wql: 'select Name from Win32_Service' };

interface Case {
  leg: NonNullable<NtlmConduct['leg']>;
  code:
    | 'E_WSMAN_SECURITY'
    | 'E_WSMAN_PROTOCOL'
    | 'E_WSMAN_UNREACHABLE'
    | 'E_WSMAN_UNAUTHORIZED'
    | 'E_WSMAN_NOT_OFFERED';
  says: string;
  proofs: 0 | 1;
}

const offer = (text: string | readonly string[]): Buffer => http(401, '', { 'WWW-Authenticate': text });
const closing = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace('\r\n', '\r\nConnection: close\r\n'), 'latin1');

const cases: Record<string, Case> = {
  'offers nothing': {
    leg: () => http(401),
    code: 'E_WSMAN_NOT_OFFERED',
    says: 'checked no password',
    proofs: 0,
  },
  'offers Basic alone': {
    leg: () => offer('Basic realm="WSMAN"'),
    ...{ code: 'E_WSMAN_NOT_OFFERED', says: 'Basic', proofs: 0 },
  },
  'offers Negotiate for ever and challenges nobody': {
    leg: () => offer('Negotiate'),
    ...{ code: 'E_WSMAN_NOT_OFFERED', says: 'checked no password', proofs: 0 },
  },
  'challenges for ever': {
    leg: (leg) =>
      leg.outcome === 'challenged' ? undefined : offer(`Negotiate ${'TlRMTVNTUAAC'.padEnd(400, 'A')}`),
    ...{ code: 'E_WSMAN_UNAUTHORIZED', says: 'tried once', proofs: 1 },
  },
  refuses: {
    leg: (leg) => (leg.outcome === 'challenged' ? undefined : offer('Negotiate')),
    ...{ code: 'E_WSMAN_UNAUTHORIZED', says: 'tried once', proofs: 1 },
  },
  'refuses with the offer of Basic': {
    leg: (leg) => (leg.outcome === 'challenged' ? undefined : offer(['Negotiate', 'Basic realm="WSMAN"'])),
    ...{ code: 'E_WSMAN_UNAUTHORIZED', says: 'tried once', proofs: 1 },
  },
  'challenges with garbage': {
    leg: () => offer(`Negotiate ${Buffer.alloc(200, 7).toString('base64')}`),
    ...{ code: 'E_WSMAN_SECURITY', says: 'NTLM', proofs: 0 },
  },
  'challenges with what is no base64': {
    leg: () => offer('Negotiate TlRM'.padEnd(51, '=')),
    ...{ code: 'E_WSMAN_NOT_OFFERED', says: 'checked no password', proofs: 0 },
  },
  'challenges with too much': {
    leg: () => offer(`Negotiate ${'A'.repeat(15_000)}`),
    ...{ code: 'E_WSMAN_SECURITY', says: 'NTLM', proofs: 0 },
  },
  'mirrors the message of the client': {
    leg: (leg) => changed(leg, () => Buffer.concat([Buffer.from('NTLMSSP\0\x01\0\0\0'), Buffer.alloc(40)])),
    ...{ code: 'E_WSMAN_SECURITY', says: 'type 1 instead of type 2', proofs: 0 },
  },
  'accepts whoever asks, before a proof': {
    leg: () => http(200),
    ...{ code: 'E_WSMAN_SECURITY', says: 'before the login was complete', proofs: 0 },
  },
  'answers a login by an error': {
    leg: () => http(500),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'HTTP status 500 to ntlm', proofs: 0 },
  },
  'answers the proof by an error': {
    leg: (leg) => (leg.outcome === 'challenged' ? undefined : http(503)),
    ...{ code: 'E_WSMAN_PROTOCOL', says: 'HTTP status 503 to ntlm', proofs: 1 },
  },
  'closes at the first message': {
    leg: (_, socket) => {
      socket.destroy();
      return http(401);
    },
    ...{ code: 'E_WSMAN_UNREACHABLE', says: 'broken off', proofs: 0 },
  },
  'closes behind its challenge': {
    leg: (leg, socket) => {
      socket.end(closing(honest(leg)));
      return Buffer.alloc(0);
    },
    ...{ code: 'E_WSMAN_UNREACHABLE', says: 'in the middle of ntlm', proofs: 0 },
  },
  'closes at the proof': {
    leg: (leg, socket) => {
      if (leg.outcome === 'challenged') return undefined;
      socket.destroy();
      return http(401);
    },
    ...{ code: 'E_WSMAN_UNREACHABLE', says: 'in the middle of ntlm', proofs: 1 },
  },
  'breaks off its refusal': {
    leg: (leg, socket) => {
      if (leg.outcome === 'challenged') return undefined;
      socket.end(http(401, '', { 'WWW-Authenticate': 'Negotiate', 'Content-Length': '100' }));
      return Buffer.alloc(0);
    },
    ...{ code: 'E_WSMAN_UNAUTHORIZED', says: 'tried once', proofs: 1 },
  },
};

const needed = [
  'unicode',
  'extendedSessionSecurity',
  'targetInfo',
  'key128',
  'keyExchange',
  'sign',
  'seal',
] as const;
for (const name of needed) {
  cases[`challenges without ${name}`] = {
    leg: (leg) =>
      changed(leg, (type2) => {
        type2.writeUInt32LE((type2.readUInt32LE(20) & ~flag[name]) >>> 0, 20);
        return type2;
      }),
    ...{ code: 'E_WSMAN_SECURITY', says: 'challenge is without', proofs: 0 },
  };
}

async function threeTimes(host: ByteHost): Promise<LyncimgError[]> {
  const client = host.client();
  const errors: LyncimgError[] = [];
  for (let time = 1; time <= 3; time++)
    errors.push((await rejection(client.enumerate(question))) as LyncimgError);
  return errors;
}

describe('wsman: hosts that lie in the handshake of NTLM', () => {
  leavesNothing();

  for (const [what, { leg, code, says, proofs }] of Object.entries(cases)) {
    it(`a host that ${what}`, async () => {
      const host = await ntlmHost({ leg });
      for (const error of await threeTimes(host)) {
        expect(error).to.include({ code, exitCode: 3 });
        expect(error.message).to.contain(says);
      }
      expect(host.proofs()).to.equal(proofs);
      expect(host.requests.every(({ body }) => body.length === 0)).to.equal(true);
    });
  }

  it('a host that says nothing to the proof: it is not given a second one', async () => {
    const host = await ntlmHost({
      leg: (leg) => (leg.outcome === 'challenged' ? undefined : Buffer.alloc(0)),
    });
    const client = host.client({ limits: { answerMs: 50 } });
    for (let time = 1; time <= 3; time++) {
      expect(await rejection(client.enumerate(question))).to.include({ code: 'E_WSMAN_TIMEOUT' });
    }
    expect(host.proofs()).to.equal(1);
  });

  it('a user who gives up at the proof: it is not given a second time either', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const host = await ntlmHost({
      leg: (leg) => {
        if (leg.outcome === 'challenged') return undefined;
        controller.abort(reason);
        return Buffer.alloc(0);
      },
    });
    const client = host.client();
    expect(await rejection(client.enumerate(question, { signal: controller.signal }))).to.equal(reason);
    const again = await rejection(client.enumerate(question));
    expect(again).to.include({ code: 'E_WSMAN_UNREACHABLE' });
    expect((again as LyncimgError).message).to.contain('login');
    expect(host.proofs()).to.equal(1);
  });

  it('no challenge that is cut short gets a proof', async () => {
    let length = 0;
    let whole = Infinity;
    const host = await ntlmHost({
      leg: (leg) =>
        changed(leg, (type2) => {
          whole = type2.length;
          return type2.subarray(0, length);
        }),
    });
    for (; length < whole; length++) {
      const client = host.client();
      const error = await rejection(client.enumerate(question));
      // Without a byte of it, it is no challenge at all.
      expect(error, `cut at ${length}`)
        .to.have.property('code')
        .that.is.oneOf(length === 0 ? ['E_WSMAN_NOT_OFFERED'] : ['E_WSMAN_SECURITY']);
      client.close();
    }
    expect(host.proofs()).to.equal(0);
  });

  it('no challenge with a wrong byte gets more than one proof, or an answer that is believed', async () => {
    let at = 8;
    let whole = Infinity;
    const host = await ntlmHost({
      leg: (leg) =>
        changed(leg, (type2) => {
          whole = type2.length;
          type2.writeUInt8(type2.readUInt8(at) ^ 0xff, at);
          return type2;
        }),
      answer: ({ socket }) => socket.destroy(),
    });
    for (; at < whole; at++) {
      const client = host.client();
      const before = host.proofs();
      const error = await rejection(client.enumerate(question));
      expect(error, `byte ${at}`)
        .to.have.property('code')
        // Some bytes nobody needs: then the login is as good as before.
        .that.is.oneOf(['E_WSMAN_SECURITY', 'E_WSMAN_UNAUTHORIZED', 'E_WSMAN_UNREACHABLE']);
      expect(host.proofs() - before).to.be.at.most(1);
      client.close();
    }
  });
});
