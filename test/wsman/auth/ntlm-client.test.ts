import { expect } from 'chai';
import { describe, it } from 'mocha';
import { channelBindingHash } from '../../../src/wsman/auth/channel-binding.js';
import { ntlmClient } from '../../../src/wsman/auth/ntlm-client.js';
import {
  decodeAuthenticateMessage,
  type AuthenticateMessage,
} from '../../../src/wsman/auth/ntlm/authenticate-message.js';
import { av, avFlags, findAv, type AvPair } from '../../../src/wsman/auth/ntlm/av-pairs.js';
import { encodeChallengeMessage } from '../../../src/wsman/auth/ntlm/challenge-message.js';
import { flag } from '../../../src/wsman/auth/ntlm/flags.js';
import { decodeNegotiateMessage } from '../../../src/wsman/auth/ntlm/negotiate-message.js';
import { decodeNtlmv2Response } from '../../../src/wsman/auth/ntlm/ntlmv2-response.js';
import { SecurityError, type ClientHandshake } from '../../../src/wsman/auth/scheme.js';
import { assertRejects } from './assert-rejects.js';
import { assertHardened } from './hostile.js';
import { bytesOf, otherTls, overTls, plainHttp } from './ntlm-rig.js';

const credentials = { user: 'DOMAIN\\user', password: 'secret' };
const time = Buffer.from('0011223344556677', 'hex');
const names: AvPair[] = [
  { id: av.nbDomainName, value: Buffer.from('HOST', 'utf16le') },
  { id: av.nbComputerName, value: Buffer.from('HOST', 'utf16le') },
];
const strong = 0xe28a8235;

function challengeWith(options: { flags?: number; targetInfo?: AvPair[] } = {}): string {
  const bytes = encodeChallengeMessage({
    flags: strong,
    targetName: 'HOST',
    serverChallenge: Buffer.alloc(8, 1),
    targetInfo: [...names, { id: av.timestamp, value: time }],
    version: null,
    ...options,
  });
  return `Negotiate ${bytes.toString('base64')}`;
}

async function answerOf(client: ClientHandshake, challenge = challengeWith()): Promise<AuthenticateMessage> {
  await client.first();
  return decodeAuthenticateMessage(bytesOf(await client.next([challenge])));
}

const begin = (user = credentials.user, facts = plainHttp): ClientHandshake =>
  ntlmClient({ user, password: 'secret' }, { random: (size) => Buffer.alloc(size, 9) }).begin(facts);

describe('wsman/auth/ntlm-client', () => {
  it('asks for all that sealing needs, and for nothing weak', async () => {
    const { flags } = decodeNegotiateMessage(bytesOf(await begin().first()));
    expect(flags.toString(16)).to.equal('62888235');
  });

  const users: [given: string, user: string, domain: string][] = [
    ['DOMAIN\\user', 'user', 'DOMAIN'],
    ['.\\user', 'user', '.'],
    ['user@example.org', 'user@example.org', ''],
    ['user', 'user', ''],
  ];
  for (const [given, user, domain] of users) {
    it(`sends ${given} as user "${user}" of domain "${domain}"`, async () => {
      expect(await answerOf(begin(given))).to.include({ user, domain });
    });
  }

  it('gives back the time of the host, says that there is a MIC, and sends no LM response', async () => {
    const message = await answerOf(begin());
    const { timestamp, avPairs } = decodeNtlmv2Response(message.ntResponse);
    expect(timestamp).to.deep.equal(time);
    expect(avFlags(avPairs)).to.equal(2);
    expect(message.mic).not.to.deep.equal(Buffer.alloc(16));
    expect(message.lmResponse).to.deep.equal(Buffer.alloc(24));
    expect(message.encryptedSessionKey).to.have.length(16);
  });

  it('takes its own time where the host gives none, and then sends LMv2 and no MIC', async () => {
    const client = ntlmClient(credentials, { now: () => 0 }).begin(plainHttp);
    const message = await answerOf(client, challengeWith({ targetInfo: names }));
    const { timestamp, clientChallenge } = decodeNtlmv2Response(message.ntResponse);
    expect(timestamp.readBigUInt64LE()).to.equal(116_444_736_000_000_000n);
    expect(message.mic).to.equal(null);
    expect(message.lmResponse.subarray(16)).to.deep.equal(clientChallenge);
  });

  it('names the service, and over plain HTTP binds to nothing', async () => {
    const { avPairs } = decodeNtlmv2Response((await answerOf(begin())).ntResponse);
    expect(findAv(avPairs, av.targetName)?.toString('utf16le')).to.equal('HTTP/host');
    expect(findAv(avPairs, av.channelBindings)).to.deep.equal(Buffer.alloc(16));
  });

  it('binds to the certificate over TLS, which needs no sealing', async () => {
    const client = begin(credentials.user, overTls);
    const { avPairs } = decodeNtlmv2Response((await answerOf(client)).ntResponse);
    const binding = channelBindingHash(overTls.serverCertificate!);
    expect(findAv(avPairs, av.channelBindings)).to.deep.equal(binding);
    expect(binding).not.to.deep.equal(channelBindingHash(otherTls.serverCertificate!));
    expect(await client.accepted([])).to.equal(null);
  });

  it('keeps the attributes of the host, but not what the host says in its place', async () => {
    const given: AvPair[] = [
      ...names,
      { id: av.flags, value: Buffer.from('01000000', 'hex') },
      { id: av.channelBindings, value: Buffer.alloc(16, 7) },
      { id: av.targetName, value: Buffer.from('HTTP/other', 'utf16le') },
      { id: 99, value: Buffer.from('kept') },
      { id: av.timestamp, value: time },
    ];
    const message = await answerOf(begin(), challengeWith({ targetInfo: given }));
    const { avPairs } = decodeNtlmv2Response(message.ntResponse);
    expect(avPairs.map(({ id }) => id)).to.deep.equal([2, 1, 99, 7, 6, 10, 9]);
    expect(avFlags(avPairs)).to.equal(3);
  });

  it('seals over plain HTTP', async () => {
    const client = begin();
    await answerOf(client);
    const security = await client.accepted([]);
    expect(security?.protocol).to.equal('application/HTTP-SPNEGO-session-encrypted');
    expect(security?.seal(Buffer.from('body')).header).to.have.length(16);
  });

  const offers: Record<string, (challenge: string) => string[]> = {
    'of a header of its own': (challenge) => ['Kerberos', challenge, 'Basic realm="WSMAN"'],
    'of one header with all schemes': (challenge) => [`Basic realm="WSMAN", ${challenge}, Kerberos`],
    'under a word in another case': (challenge) => [challenge.replace('Negotiate', 'NEGOTIATE')],
  };
  for (const [what, offer] of Object.entries(offers)) {
    it(`takes the challenge ${what}`, async () => {
      expect(await begin().next(offer(challengeWith()))).to.match(/^Negotiate TlRM/);
    });
  }

  describe('gives up', () => {
    const bare: string[][] = [['Negotiate'], ['Negotiate', 'Basic realm="WSMAN"'], ['Basic realm="x"'], []];
    for (const challenges of bare) {
      it(`when the host answers the first leg with ${JSON.stringify(challenges)}`, async () => {
        expect(await begin().next(challenges)).to.equal(null);
      });
    }

    it('after its answer was refused: a password is tried once', async () => {
      const client = begin();
      await answerOf(client);
      expect(await client.next(['Negotiate'])).to.equal(null);
      expect(await client.next([challengeWith()])).to.equal(null);
    });
  });

  describe('refuses', () => {
    const weaker: [what: string, missing: number][] = [
      ['Unicode', flag.unicode],
      ['extended session security', flag.extendedSessionSecurity],
      ['target information', flag.targetInfo],
      ['128-bit keys', flag.key128],
      ['a key exchange', flag.keyExchange],
      ['signing', flag.sign],
      ['sealing', flag.seal],
    ];
    for (const [what, missing] of weaker) {
      it(`a challenge without ${what}`, async () => {
        const challenge = challengeWith({ flags: (strong & ~missing) >>> 0 });
        await assertRejects(begin().next([challenge]), SecurityError, what);
      });
    }

    it('no challenge for being without sealing over TLS', async () => {
      const challenge = challengeWith({ flags: (strong & ~flag.seal) >>> 0 });
      expect(await begin(credentials.user, overTls).next([challenge])).not.to.equal(null);
    });

    it('a challenge that does not name the host', async () => {
      for (const left of names) {
        await assertRejects(
          begin().next([challengeWith({ targetInfo: [left] })]),
          SecurityError,
          'name the host',
        );
      }
    });

    it('a time that is none', async () => {
      const targetInfo = [...names, { id: av.timestamp, value: Buffer.alloc(7) }];
      await assertRejects(begin().next([challengeWith({ targetInfo })]), SecurityError, 'eight bytes');
    });

    it('a token that is no challenge, or too long to be one', async () => {
      for (const token of ['TlRM', 'AAA', 'A'.repeat(70_000), (await begin().first()).slice(10)]) {
        await assertRejects(begin().next([`Negotiate ${token}`]), SecurityError, '');
      }
    });

    it('to take 200 for a login that it did not finish', async () => {
      for (const facts of [plainHttp, overTls]) {
        const client = begin(credentials.user, facts);
        await client.first();
        await assertRejects(client.accepted([]), SecurityError, 'before the login was complete');
      }
    });

    it('to log in over TLS to a certificate that it does not know', async () => {
      const client = begin(credentials.user, { ...overTls, serverCertificate: null });
      await assertRejects(client.next([challengeWith()]), SecurityError, 'certificate');
    });
  });

  it('stands hostile challenges', async () => {
    const unexpected: unknown[] = [];
    const pending: Promise<unknown>[] = [];
    assertHardened((bytes) => {
      const asked = begin().next([`Negotiate ${bytes.toString('base64')}`]);
      pending.push(
        asked.catch((error: unknown) => {
          if (!(error instanceof SecurityError)) unexpected.push(error);
        }),
      );
    }, bytesOf(challengeWith()));
    await Promise.all(pending);
    expect(unexpected).to.deep.equal([]);
  });
});
