// NTLM of version 2 as it is, without SPNEGO around it, under the word Negotiate: hosts take both, and most clients
// send this. Over plain HTTP it seals all bodies; over TLS it binds the login to the host's certificate.
import { randomBytes } from 'node:crypto';
import { channelBindingHash } from './channel-binding.js';
import { negotiateHeader, negotiateToken } from './negotiate-token.js';
import { answerChallenge, type Answered } from './ntlm/answer-challenge.js';
import { av, findAv } from './ntlm/av-pairs.js';
import { decodeChallengeMessage, type ChallengeMessage } from './ntlm/challenge-message.js';
import { fileTime } from './ntlm/filetime.js';
import { allOf, flag, has } from './ntlm/flags.js';
import { ntHash, type Account } from './ntlm/keys.js';
import { encodeNegotiateMessage } from './ntlm/negotiate-message.js';
import { createSealing } from './ntlm/sealing.js';
import {
  SecurityError,
  type ClientScheme,
  type ConnectionFacts,
  type Credentials,
  type MessageSecurity,
} from './scheme.js';

export interface NtlmSources {
  random?: (size: number) => Buffer;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** For debugging at the other side alone. */
const version = { major: 10, minor: 0, build: 0 };

const wished = allOf(
  flag.unicode,
  flag.requestTarget,
  flag.sign,
  flag.seal,
  flag.ntlm,
  flag.alwaysSign,
  flag.extendedSessionSecurity,
  flag.targetInfo,
  flag.version,
  flag.key128,
  flag.keyExchange,
);

/** `user` is `DOMAIN\user`, `user@domain` or `user`, which is an account of the host itself. */
export function ntlmClient(credentials: Credentials, sources: NtlmSources = {}): ClientScheme {
  const { random = randomBytes, now = Date.now } = sources;
  const account: Account = { ...splitUser(credentials.user), ntHash: ntHash(credentials.password) };
  return {
    name: 'ntlm',
    word: 'Negotiate',
    holdsForConnection: true,
    begin: (connection) => {
      const negotiate = encodeNegotiateMessage({ flags: wished, version });
      let answered: (Answered & { flags: number }) | null = null;

      const answer = (challenges: readonly string[]): string | null => {
        const challengeBytes = negotiateToken(challenges);
        // The proof was sent already: a host that asks again has refused it. One try, no more.
        if (challengeBytes === null || answered !== null) return null;
        const challenge = decodeChallengeMessage(challengeBytes);
        assertStrong(challenge, connection);
        const flags = allOf(challenge.flags & wished);
        const made = answerChallenge({
          account,
          negotiate,
          challengeBytes,
          challenge,
          flags,
          targetName: `HTTP/${connection.host}`,
          channelBinding: bindingOf(connection),
          version: has(flags, flag.version) ? version : null,
          time: fileTime(now()),
          random,
        });
        answered = { ...made, flags };
        return negotiateHeader(made.authenticate);
      };
      const protection = (): MessageSecurity | null => {
        if (answered === null) throw new SecurityError('the host accepted before the login was complete');
        const { sessionKey, flags } = answered;
        return connection.secure ? null : createSealing({ side: 'client', sessionKey, flags });
      };

      return {
        first: () => Promise.resolve(negotiateHeader(negotiate)),
        // In an executor, what is thrown becomes a rejection.
        next: (challenges) =>
          new Promise((resolve) => {
            resolve(answer(challenges));
          }),
        accepted: () =>
          new Promise((resolve) => {
            resolve(protection());
          }),
      };
    },
  };
}

/** A user principal name goes as it is: the host finds the domain in it. */
function splitUser(name: string): Pick<Account, 'user' | 'domain'> {
  const at = name.indexOf('\\');
  return at < 0 ? { user: name, domain: '' } : { user: name.slice(at + 1), domain: name.slice(0, at) };
}

/**
 * All Windows versions of today offer these; a challenge without them is a downgrade, made by the host or by someone
 * on the way.
 */
function assertStrong({ flags, targetInfo }: ChallengeMessage, { secure }: ConnectionFacts): void {
  const needed = [
    ['Unicode', flag.unicode],
    ['extended session security', flag.extendedSessionSecurity],
    ['target information', flag.targetInfo],
    ['128-bit keys', flag.key128],
    ['a key exchange', flag.keyExchange],
    // MS-NLMP 3.1.5.1.2: without one of the two no key is exchanged, whatever that flag says.
    ['signing', flag.sign],
  ] as const;
  const missing = needed.find(([, bits]) => !has(flags, bits))?.[0];
  if (missing !== undefined) throw new SecurityError(`the host's NTLM challenge is without ${missing}`);
  if (!secure && !has(flags, flag.seal)) {
    throw new SecurityError("the host's NTLM challenge is without sealing, which plain HTTP needs");
  }
  for (const id of [av.nbComputerName, av.nbDomainName]) {
    if (findAv(targetInfo, id) === null)
      throw new SecurityError("the host's NTLM challenge does not name the host");
  }
}

function bindingOf({ secure, serverCertificate }: ConnectionFacts): Buffer {
  if (!secure) return Buffer.alloc(16);
  if (serverCertificate === null) {
    throw new SecurityError("the host's certificate is not known, so the login cannot be bound to it");
  }
  return channelBindingHash(serverCertificate);
}
