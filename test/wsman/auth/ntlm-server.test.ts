import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { channelBindingHash } from '../../../src/wsman/auth/channel-binding.js';
import { ntlmClient } from '../../../src/wsman/auth/ntlm-client.js';
import { ntHash } from '../../../src/wsman/auth/ntlm-server.js';
import { answerChallenge, type ChallengeAnswer } from '../../../src/wsman/auth/ntlm/answer-challenge.js';
import {
  decodeAuthenticateMessage,
  encodeAuthenticateMessage,
  type AuthenticateMessage,
} from '../../../src/wsman/auth/ntlm/authenticate-message.js';
import { av } from '../../../src/wsman/auth/ntlm/av-pairs.js';
import { decodeChallengeMessage } from '../../../src/wsman/auth/ntlm/challenge-message.js';
import { flag } from '../../../src/wsman/auth/ntlm/flags.js';
import { ntProof, responseKey, sessionBaseKey } from '../../../src/wsman/auth/ntlm/keys.js';
import { encodeNegotiateMessage } from '../../../src/wsman/auth/ntlm/negotiate-message.js';
import { encodeBlob } from '../../../src/wsman/auth/ntlm/ntlmv2-response.js';
import { createSealing } from '../../../src/wsman/auth/ntlm/sealing.js';
import type { ClientHandshake, ServerHandshake, ServerLeg } from '../../../src/wsman/auth/scheme.js';
import { assertHardened } from './hostile.js';
import {
  bytesOf,
  challengeOf,
  converse,
  otherTls,
  overTls,
  password,
  plainHttp,
  rig,
  securityOf,
  tokenOf,
} from './ntlm-rig.js';

const client = (user = 'Administrator', facts = plainHttp, secret = password): ClientHandshake =>
  ntlmClient({ user, password: secret }).begin(facts);

/** The flags of the Debian package of ntlm-auth, which speaks no Unicode. */
const oemFlags = 0xe28a8236;

/** A client with these flags, as others make them: type 1, and from the challenge the rest. */
async function negotiate(server: ServerHandshake, flags: number): Promise<Handmade> {
  const first = encodeNegotiateMessage({ flags, version: { major: 6, minor: 1, build: 7601 } });
  const challengeBytes = bytesOf(challengeOf(await server.leg(first.toString('base64'))));
  return { negotiate: first, challengeBytes, challenge: decodeChallengeMessage(challengeBytes) };
}

type Handmade = Pick<ChallengeAnswer, 'negotiate' | 'challengeBytes' | 'challenge'>;

function answer(begun: Handmade, options: Partial<ChallengeAnswer> = {}): ReturnType<typeof answerChallenge> {
  return answerChallenge({
    ...begun,
    account: { user: 'Administrator', domain: '', ntHash: ntHash(password) },
    flags: begun.challenge.flags,
    targetName: 'HTTP/host',
    channelBinding: Buffer.alloc(16),
    version: null,
    time: Buffer.alloc(8),
    random: (size) => Buffer.alloc(size, 3),
    ...options,
  });
}

const send = (server: ServerHandshake, message: Buffer): Promise<ServerLeg> =>
  server.leg(message.toString('base64'));

describe('wsman/auth/ntlm-server', () => {
  describe('the challenge', () => {
    it('is that of a 2012 R2 of a workgroup, to the byte', async () => {
      const { server } = rig(plainHttp, {
        random: (size) => Buffer.alloc(size, 0x11),
        now: () => Date.UTC(2014, 0, 1),
      });
      const { challengeBytes } = await negotiate(server, 0xe2088237);
      const name = Buffer.from('TWIN', 'utf16le').toString('hex');
      const pairs = ['0200', '0100', '0400', '0300'].map((id) => `${id}0800${name}`).join('');
      expect(challengeBytes.toString('hex')).to.equal(
        '4e544c4d53535000' + '02000000' + '0800080038000000' + '35828ae2' + '1111111111111111' +
          '0000000000000000' + '4000400040000000' + '060380250000000f' + name + pairs +
          '07000800' + '00c0f2698406cf01' + '00000000',
      ); // prettier-ignore
    });

    const agreed: [asked: number, given: number][] = [
      // Recorded at that host.
      [0xe28a8236, 0xe28a8236],
      [0x00008205, 0x02828205],
      // Unicode wins over OEM; what is not known is left out.
      [0x60088233, 0x628a8235],
      [0xe21882b7, 0xe28a8235],
    ];
    for (const [asked, given] of agreed) {
      it(`answers flags ${asked.toString(16)} with ${given.toString(16)}`, async () => {
        const { challenge } = await negotiate(rig(plainHttp).server, asked);
        expect(challenge.flags.toString(16)).to.equal(given.toString(16));
      });
    }

    it('gives its name in OEM to a client without Unicode, and its attributes in UTF-16LE', async () => {
      const { challenge } = await negotiate(rig(plainHttp).server, oemFlags);
      expect(challenge.targetName).to.equal('TWIN');
      expect(challenge.targetInfo[0]).to.deep.equal({
        id: av.nbDomainName,
        value: Buffer.from('TWIN', 'utf16le'),
      });
    });

    it('is another one each time', async () => {
      const { server } = rig(plainHttp);
      const one = await negotiate(server, oemFlags);
      const two = await negotiate(server, oemFlags);
      expect(one.challenge.serverChallenge).not.to.deep.equal(two.challenge.serverChallenge);
    });

    it('is not for a client without any way to write names, or with weak sealing', async () => {
      for (const flags of [0x00008204, 0x800a8235 & ~flag.key128]) {
        const { server } = rig(plainHttp);
        const first = encodeNegotiateMessage({ flags: flags >>> 0, version: null });
        expect(await send(server, first)).to.deep.equal({ outcome: 'refused' });
      }
    });
  });

  describe('lets in who knows the password', () => {
    it('over plain HTTP, and then both sides open what the other sealed', async () => {
      const asking = client();
      const leg = await converse(asking, rig(plainHttp).server);
      expect(leg).to.deep.include({ outcome: 'accepted', user: 'Administrator' });
      expect(leg).not.to.have.property('mutual');
      const [ours, theirs] = [await asking.accepted([]), securityOf(leg)];
      for (const text of ['first', 'second']) {
        const plain = Buffer.from(text);
        expect(theirs.unseal(ours!.seal(plain))).to.deep.equal(plain);
        expect(ours!.unseal(theirs.seal(plain))).to.deep.equal(plain);
      }
    });

    it('over TLS, where a client may seal as well', async () => {
      const leg = await converse(client('Administrator', overTls), rig(overTls).server);
      expect(securityOf(leg).protocol).to.equal('application/HTTP-SPNEGO-session-encrypted');
    });

    for (const domain of ['', '.', 'TWIN', 'twin', 'WORKGROUP', 'anything.example.org']) {
      it(`with the domain "${domain}"`, async () => {
        const { server, lookups } = rig(plainHttp);
        const leg = await converse(client(`${domain}\\administrator`), server);
        expect(leg).to.deep.include({ outcome: 'accepted', user: 'administrator' });
        expect(lookups).to.deep.equal([['administrator', domain]]);
      });
    }

    it('with a domain that the client left out of its key (MS-NLMP 3.2.5.1.2)', async () => {
      const { server } = rig(plainHttp);
      const begun = await negotiate(server, oemFlags);
      const noMic = { ...begun.challenge, targetInfo: begun.challenge.targetInfo.slice(0, 4) };
      const made = answer({ ...begun, challenge: noMic });
      const message = decodeAuthenticateMessage(made.authenticate);
      const named = encodeAuthenticateMessage({ ...message, domain: 'WORKGROUP' });
      expect(await send(server, named)).to.deep.include({ outcome: 'accepted' });
    });

    it('with names in OEM, and with sealing then', async () => {
      const { server, lookups } = rig(plainHttp);
      const begun = await negotiate(server, oemFlags);
      const account = { user: 'Administrator', domain: 'TWIN', ntHash: ntHash(password) };
      const { authenticate, sessionKey } = answer(begun, { account });
      expect(authenticate.toString('latin1')).to.include('TWINAdministrator');
      const leg = await send(server, authenticate);
      expect(lookups).to.deep.equal([['Administrator', 'TWIN']]);
      const sealing = createSealing({ side: 'client', sessionKey, flags: begun.challenge.flags });
      const sealed = sealing.seal(Buffer.from('body'));
      expect(securityOf(leg).unseal(sealed).toString()).to.equal('body');
    });

    it('without a key exchange, with sealing by the key of the login itself', async () => {
      const { server } = rig(plainHttp);
      const begun = await negotiate(server, 0xa28a8235);
      const { authenticate, sessionKey } = answer(begun);
      expect(decodeAuthenticateMessage(authenticate).encryptedSessionKey).to.have.length(0);
      const leg = await send(server, authenticate);
      const sealing = createSealing({ side: 'client', sessionKey, flags: begun.challenge.flags });
      expect(
        securityOf(leg)
          .unseal(sealing.seal(Buffer.from('body')))
          .toString(),
      ).to.equal('body');
    });

    it('without any session security, and gives none then', async () => {
      const { server } = rig(plainHttp);
      const begun = await negotiate(server, 0x00008205);
      const leg = await send(server, answer(begun).authenticate);
      expect(leg).to.deep.equal({ outcome: 'accepted', user: 'Administrator', security: null });
    });

    it('whatever the letters of user, domain and password', async () => {
      const text = fc.string({ unit: 'grapheme', maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(
          text,
          text.filter((one) => !one.includes('\\')),
          text,
          async (user, domain, secret) => {
            fc.pre(user !== '');
            const { server } = rig(plainHttp, { ntHashOf: () => ntHash(secret) });
            const leg = await converse(client(`${domain}\\${user}`, plainHttp, secret), server);
            expect(leg).to.deep.include({ outcome: 'accepted', user });
          },
        ),
        { numRuns: 50 },
      );
    });
  });

  describe('refuses', () => {
    it('a wrong password and an unknown user alike, and tells them apart here only', async () => {
      const { server, reasons } = rig(plainHttp);
      const wrong = await converse(client('Administrator', plainHttp, 'other'), server);
      const unknown = await converse(client('nobody'), server);
      expect(wrong).to.deep.equal({ outcome: 'refused' });
      expect(unknown).to.deep.equal(wrong);
      expect(reasons).to.deep.equal(['a wrong password for "Administrator"', 'no account "nobody"']);
    });

    it('an unknown user whose password would be that of no one', async () => {
      const { server } = rig(plainHttp);
      const begun = await negotiate(server, oemFlags);
      const account = { user: 'nobody', domain: '', ntHash: Buffer.alloc(16) };
      expect(await send(server, answer(begun, { account }).authenticate)).to.deep.equal({
        outcome: 'refused',
      });
    });

    it('an answer without a challenge', async () => {
      const elsewhere = await negotiate(rig(plainHttp).server, oemFlags);
      const { server, reasons } = rig(plainHttp);
      expect(await send(server, answer(elsewhere).authenticate)).to.deep.equal({ outcome: 'refused' });
      expect(reasons).to.deep.equal(['an NTLM answer without a challenge']);
    });

    it('the same answer a second time', async () => {
      const { server } = rig(plainHttp);
      const { authenticate } = answer(await negotiate(server, oemFlags));
      expect(await send(server, authenticate)).to.deep.include({ outcome: 'accepted' });
      expect(await send(server, authenticate)).to.deep.equal({ outcome: 'refused' });
    });

    it('a second try at one challenge', async () => {
      const { server } = rig(plainHttp);
      const begun = await negotiate(server, oemFlags);
      const account = { user: 'Administrator', domain: '', ntHash: ntHash('other') };
      await send(server, answer(begun, { account }).authenticate);
      expect(await send(server, answer(begun).authenticate)).to.deep.equal({ outcome: 'refused' });
    });

    it('the answer to a challenge that a new type 1 replaced', async () => {
      const { server } = rig(plainHttp);
      const old = await negotiate(server, oemFlags);
      const current = await negotiate(server, oemFlags);
      expect(await send(server, answer(old).authenticate)).to.deep.equal({ outcome: 'refused' });
      expect(await send(server, answer(current).authenticate)).to.deep.equal({ outcome: 'refused' });
    });

    const versionOne: Record<string, Partial<AuthenticateMessage>> = {
      'LM alone': { ntResponse: Buffer.alloc(0), lmResponse: Buffer.alloc(24, 1) },
      'NTLM of version 1': { ntResponse: Buffer.alloc(24, 1), lmResponse: Buffer.alloc(24, 1) },
      'a response that is cut short': { ntResponse: Buffer.alloc(40, 1) },
      'no one': { user: '', ntResponse: Buffer.alloc(0), lmResponse: Buffer.alloc(1) },
      'a user without a name': { user: '' },
      'a key exchange without a key': { encryptedSessionKey: Buffer.alloc(0) },
    };
    for (const [what, change] of Object.entries(versionOne)) {
      it(what, async () => {
        const { server } = rig(plainHttp);
        const { authenticate } = answer(await negotiate(server, oemFlags));
        const message = { ...decodeAuthenticateMessage(authenticate), ...change };
        expect(await send(server, encodeAuthenticateMessage(message))).to.deep.equal({ outcome: 'refused' });
      });
    }

    const tampered: Record<string, Parameters<typeof converse>[2]> = {
      'flags that were taken out of type 1': {
        negotiate: (bytes) => bytes.writeUInt32LE((bytes.readUInt32LE(12) & ~flag.version) >>> 0, 12),
      },
      'a version that was changed in type 2': { challenge: (bytes) => bytes.writeUInt8(5, 48) },
      'a MIC that was changed': { authenticate: (bytes) => bytes.writeUInt8(bytes.readUInt8(72) ^ 1, 72) },
      'a MIC that was taken away': { authenticate: (bytes) => bytes.fill(0, 72, 88) },
      'flags that were changed in type 3': {
        authenticate: (bytes) => bytes.writeUInt32LE((bytes.readUInt32LE(60) & ~flag.seal) >>> 0, 60),
      },
    };
    for (const [what, onTheWay] of Object.entries(tampered)) {
      it(what, async () => {
        const { server, reasons } = rig(plainHttp);
        expect(await converse(client(), server, onTheWay)).to.deep.equal({ outcome: 'refused' });
        expect(reasons).to.deep.equal(['NTLM messages that were changed on their way']);
      });
    }

    it('a message that has no room for the MIC that it claims', async () => {
      const { server, reasons } = rig(plainHttp);
      const { authenticate } = answer(await negotiate(server, oemFlags));
      const message = { ...decodeAuthenticateMessage(authenticate), mic: null };
      expect(await send(server, encodeAuthenticateMessage(message))).to.deep.equal({ outcome: 'refused' });
      expect(reasons).to.deep.equal(['NTLM messages that were changed on their way']);
    });

    it('what is no token', async () => {
      const { server, reasons } = rig(plainHttp);
      const tokens = ['', '!!!!', 'AAAA', 'TlRMTVNTUAA=', 'A'.repeat(80_000), 'YIIB', 'oYIB', 'YAA=', 'oQA='];
      for (const token of tokens)
        expect(await server.leg(token), token).to.deep.equal({ outcome: 'refused' });
      expect(reasons).to.have.length(tokens.length);
    });
  });

  describe('channel binding', () => {
    const bound = async (
      facts: typeof overTls,
      channelBinding: Buffer | null,
      strict = false,
    ): Promise<string> => {
      const { server } = rig(facts, strict ? { cbtHardening: 'strict' } : {});
      const begun = await negotiate(server, oemFlags);
      const binding = channelBinding === null ? {} : { channelBinding };
      const made = answer(begun, binding);
      return (await send(server, channelBinding === null ? unbound(begun) : made.authenticate)).outcome;
    };
    const right = channelBindingHash(overTls.serverCertificate!);
    const wrong = channelBindingHash(otherTls.serverCertificate!);
    const zeros = Buffer.alloc(16);

    it('may be absent, or zeros, which is the same', async () => {
      expect(await bound(overTls, zeros)).to.equal('accepted');
      expect(await bound(overTls, null)).to.equal('accepted');
    });

    it('has to be there where the host is strict', async () => {
      expect(await bound(overTls, right, true)).to.equal('accepted');
      expect(await bound(overTls, zeros, true)).to.equal('refused');
      expect(await bound(overTls, null, true)).to.equal('refused');
      expect(await bound({ ...overTls, serverCertificate: null }, zeros, true)).to.equal('refused');
    });

    it('is refused when it is that of another certificate, or no hash at all', async () => {
      expect(await bound(overTls, right)).to.equal('accepted');
      expect(await bound(overTls, wrong)).to.equal('refused');
      expect(await bound(overTls, right.subarray(0, 15))).to.equal('refused');
    });

    it('stops a man in the middle, whose client sees his certificate', async () => {
      const { server, reasons } = rig(overTls);
      expect(await converse(client('Administrator', otherTls), server)).to.deep.equal({ outcome: 'refused' });
      expect(reasons).to.deep.equal(['a login that is bound to another TLS connection']);
    });

    it('does not matter over plain HTTP, also where the host is strict', async () => {
      expect(await bound(plainHttp, zeros, true)).to.equal('accepted');
    });

    /** As clients of before channel binding answer: with the host's attributes alone, and without a MIC. */
    function unbound({ challenge }: Handmade): Buffer {
      const key = responseKey({ user: 'Administrator', domain: '', ntHash: ntHash(password) });
      const clientChallenge = Buffer.alloc(8, 4);
      const blob = encodeBlob({ timestamp: Buffer.alloc(8), clientChallenge, avPairs: challenge.targetInfo });
      const proof = ntProof(key, challenge.serverChallenge, blob);
      return encodeAuthenticateMessage({
        flags: challenge.flags,
        domain: '',
        user: 'Administrator',
        workstation: '',
        lmResponse: Buffer.alloc(24),
        ntResponse: Buffer.concat([proof, blob]),
        encryptedSessionKey: sessionBaseKey(key, proof),
        version: null,
        mic: null,
      });
    }
  });

  it('stands hostile messages at each leg', async () => {
    const pending: Promise<unknown>[] = [];
    const first = bytesOf(await client().first());
    assertHardened((bytes) => pending.push(rig(plainHttp).server.leg(bytes.toString('base64'))), first);
    const fixed = { random: (size: number) => Buffer.alloc(size, 1), now: () => 0 };
    const { authenticate } = answer(await negotiate(rig(plainHttp, fixed).server, oemFlags));
    const one = encodeNegotiateMessage({ flags: oemFlags, version: null });
    assertHardened((bytes) => {
      const { server } = rig(plainHttp, fixed);
      pending.push(send(server, one).then(() => send(server, bytes)));
    }, authenticate);
    // Whatever is not a refusal is a rejection.
    await Promise.all(pending);
  });

  it('keeps tokens of its own out of the words of a refusal', async () => {
    const { server, reasons } = rig(plainHttp);
    await server.leg(tokenOf(await client('x\u001b[31m').first()));
    await converse(client('x\u001b[31m'), server);
    expect(reasons.join()).not.to.match(/\p{Cc}/u);
  });
});
