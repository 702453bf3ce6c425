import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  decodeAuthenticateMessage,
  encodeAuthenticateMessage,
} from '../../../../src/wsman/auth/ntlm/authenticate-message.js';
import { av } from '../../../../src/wsman/auth/ntlm/av-pairs.js';
import {
  decodeChallengeMessage,
  encodeChallengeMessage,
} from '../../../../src/wsman/auth/ntlm/challenge-message.js';
import { flag } from '../../../../src/wsman/auth/ntlm/flags.js';
import {
  decodeNegotiateMessage,
  encodeNegotiateMessage,
} from '../../../../src/wsman/auth/ntlm/negotiate-message.js';
import { decodeNtlmv2Response, encodeBlob } from '../../../../src/wsman/auth/ntlm/ntlmv2-response.js';
import { SecurityError } from '../../../../src/wsman/auth/scheme.js';
import { assertHardened } from '../hostile.js';
import { anyPairs } from './pairs.js';
import * as published from './published.js';

const { hex } = published;

const bytesOf = (length: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes));
const anyBytes = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes));
const anyVersion = fc.record({
  major: fc.nat({ max: 255 }),
  minor: fc.nat({ max: 255 }),
  build: fc.nat({ max: 65_535 }),
});
/** Any flags, with those that follow from the content as they must be. */
const flagsWith = (flags: number, content: { version: unknown }): number =>
  ((content.version === null ? flags & ~flag.version : flags | flag.version) & ~0x3000) >>> 0;
const anyFlags = fc.integer({ min: 0, max: 0xffffffff });
/** What OEM can carry, so that it fits either way of writing names. */
const anyName = fc.string({ unit: 'binary-ascii', maxLength: 20 });

const server = { id: av.nbComputerName, value: Buffer.from(published.serverName, 'utf16le') };
const target = { id: av.nbDomainName, value: Buffer.from(published.domain, 'utf16le') };

describe('wsman/auth/ntlm/negotiate-message', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(anyFlags, fc.option(anyVersion), (flags, version) => {
        const message = { flags: flagsWith(flags, { version }), version };
        expect(decodeNegotiateMessage(encodeNegotiateMessage(message))).to.deep.equal(message);
      }),
    );
  });

  it('reads that of Windows NT, which ends at the flags', () => {
    const bytes = hex('4e544c4d5353500001000000 07820000');
    expect(decodeNegotiateMessage(bytes)).to.deep.equal({ flags: 0x8207, version: null });
  });

  it('refuses what is cut before, and another type', () => {
    const good = encodeNegotiateMessage({ flags: 1, version: null });
    for (let length = 0; length < 16; length += 1) {
      expect(() => decodeNegotiateMessage(good.subarray(0, length))).to.throw(SecurityError);
    }
    expect(() => decodeNegotiateMessage(published.challengeMessage)).to.throw(SecurityError, 'type 2');
  });

  it('stands hostile bytes', () => {
    const version = { major: 10, minor: 0, build: 1 };
    assertHardened(decodeNegotiateMessage, encodeNegotiateMessage({ flags: flag.version, version }));
  });
});

describe('wsman/auth/ntlm/challenge-message', () => {
  const message = {
    flags: published.challengeFlags,
    targetName: published.serverName,
    serverChallenge: published.serverChallenge,
    targetInfo: [target, server],
    version: { major: 6, minor: 0, build: 6000 },
  };

  it('writes and reads the published one (MS-NLMP 4.2.4.3)', () => {
    expect(encodeChallengeMessage(message)).to.deep.equal(published.challengeMessage);
    expect(decodeChallengeMessage(published.challengeMessage)).to.deep.equal(message);
  });

  it('reads back what it wrote', () => {
    const anyMessage = fc
      .record({
        flags: anyFlags,
        targetName: anyName,
        serverChallenge: bytesOf(8),
        targetInfo: anyPairs,
        version: fc.option(anyVersion),
      })
      .map((content) => ({ ...content, flags: (flagsWith(content.flags, content) | flag.targetInfo) >>> 0 }));
    fc.assert(
      fc.property(anyMessage, (content) => {
        expect(decodeChallengeMessage(encodeChallengeMessage(content))).to.deep.equal(content);
      }),
    );
  });

  it('refuses one that is cut anywhere', () => {
    for (let length = 0; length < published.challengeMessage.length; length += 1) {
      const cut = published.challengeMessage.subarray(0, length);
      expect(() => decodeChallengeMessage(cut), `at ${length}`).to.throw(SecurityError);
    }
  });

  const lies = {
    'a target name before the payload': [16, 0x08],
    'a target name behind the end': [16, 0xff],
    'target information behind the end': [44, 0xff],
    'target information longer than the message': [41, 0x7f],
  } as const;
  for (const [what, [at, value]] of Object.entries(lies)) {
    it(`refuses ${what}`, () => {
      const lying = Buffer.from(published.challengeMessage);
      lying[at] = value;
      expect(() => decodeChallengeMessage(lying)).to.throw(SecurityError);
    });
  }

  it('stands hostile bytes', () => {
    assertHardened(decodeChallengeMessage, published.challengeMessage);
  });
});

describe('wsman/auth/ntlm/authenticate-message', () => {
  const proof = hex('68cd0ab851e51c96aabc927bebef6a1c');
  const message = {
    flags: 0xe2888235,
    domain: published.domain,
    user: published.user,
    workstation: published.workstation,
    lmResponse: hex('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa'),
    ntResponse: Buffer.concat([proof, published.temp]),
    encryptedSessionKey: hex('c5dad2544fc9799094ce1ce90bc9d03e'),
    version: { major: 5, minor: 1, build: 2600 },
    mic: null,
  };

  it('writes and reads the published one (MS-NLMP 4.2.4.3)', () => {
    expect(encodeAuthenticateMessage(message)).to.deep.equal(published.authenticateMessage);
    expect(decodeAuthenticateMessage(published.authenticateMessage)).to.deep.equal(message);
  });

  it('reads back what it wrote, with a MIC and without', () => {
    const anyMessage = fc
      .record({
        flags: anyFlags,
        domain: anyName,
        user: anyName,
        workstation: anyName,
        lmResponse: anyBytes,
        ntResponse: anyBytes,
        encryptedSessionKey: anyBytes,
        version: fc.option(anyVersion),
        mic: fc.option(bytesOf(16)),
      })
      .map((content) => ({ ...content, flags: flagsWith(content.flags, content) }));
    fc.assert(
      fc.property(anyMessage, (content) => {
        expect(decodeAuthenticateMessage(encodeAuthenticateMessage(content))).to.deep.equal(content);
      }),
    );
  });

  it('writes the names of a client without Unicode in bytes', () => {
    const flags = (message.flags & ~flag.unicode) | flag.oem;
    const bytes = encodeAuthenticateMessage({ ...message, flags: flags >>> 0 });
    expect(bytes.toString('latin1')).to.include('DomainUserCOMPUTER');
    expect(decodeAuthenticateMessage(bytes)).to.include({ domain: 'Domain', user: 'User' });
  });

  it('reads that of Windows NT, whose payload begins at the version', () => {
    // The same payload 8 bytes earlier.
    const moved = Buffer.concat([
      published.authenticateMessage.subarray(0, 64),
      published.authenticateMessage.subarray(72),
    ]);
    for (const at of [16, 24, 32, 40, 48, 56]) moved.writeUInt32LE(moved.readUInt32LE(at) - 8, at);
    expect(decodeAuthenticateMessage(moved)).to.deep.equal({ ...message, version: null });
  });

  it('refuses one that is cut anywhere', () => {
    for (let length = 0; length < published.authenticateMessage.length; length += 1) {
      const cut = published.authenticateMessage.subarray(0, length);
      expect(() => decodeAuthenticateMessage(cut), `at ${length}`).to.throw(SecurityError);
    }
  });

  it('refuses fields that lie about where they are', () => {
    for (const at of [12, 20, 28, 36, 44, 52]) {
      for (const [offset, length] of [
        [0, 2],
        [published.authenticateMessage.length - 1, 2],
        [0xffffffff, 1],
        [72, 0xffff],
      ] as const) {
        const lying = Buffer.from(published.authenticateMessage);
        lying.writeUInt16LE(length, at);
        lying.writeUInt32LE(offset, at + 4);
        expect(() => decodeAuthenticateMessage(lying), `at ${at}`).to.throw(SecurityError);
      }
    }
  });

  it('refuses to write a field that no message can hold', () => {
    const ntResponse = Buffer.alloc(65_536);
    expect(() => encodeAuthenticateMessage({ ...message, ntResponse })).to.throw(SecurityError);
  });

  it('stands hostile bytes', () => {
    assertHardened(decodeAuthenticateMessage, published.authenticateMessage);
  });
});

describe('wsman/auth/ntlm/ntlmv2-response', () => {
  const blob = {
    timestamp: published.time,
    clientChallenge: published.clientChallenge,
    avPairs: [target, server],
  };

  it('writes and reads the published one (MS-NLMP 4.2.4.1.3)', () => {
    expect(encodeBlob(blob)).to.deep.equal(published.temp);
    const proof = Buffer.alloc(16, 1);
    expect(decodeNtlmv2Response(Buffer.concat([proof, published.temp]))).to.deep.equal({
      ...blob,
      proof,
      blob: published.temp,
    });
  });

  it('refuses another version, and what is cut within its attributes', () => {
    const good = Buffer.concat([Buffer.alloc(16), published.temp]);
    for (const at of [16, 17]) {
      const other = Buffer.from(good);
      other[at] = 2;
      expect(() => decodeNtlmv2Response(other)).to.throw(SecurityError, 'unknown version');
    }
    // The last eight bytes are the end mark and the padding.
    for (let length = 0; length < good.length - 4; length += 1) {
      expect(() => decodeNtlmv2Response(good.subarray(0, length)), `at ${length}`).to.throw(SecurityError);
    }
  });

  it('stands hostile bytes', () => {
    assertHardened(decodeNtlmv2Response, Buffer.concat([Buffer.alloc(16), published.temp]));
  });
});
