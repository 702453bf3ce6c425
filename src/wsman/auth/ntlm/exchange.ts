// NTLM's own two steps at the server, whatever they are wrapped in: a challenge, and what answers it. A challenge is
// answered once.
import { randomBytes } from 'node:crypto';
import { channelBindingHash } from '../channel-binding.js';
import { SecurityError, type ConnectionFacts } from '../scheme.js';
import { checkAnswer, type NtHashOf } from './check-answer.js';
import { flag, has } from './flags.js';
import { makeChallenge, type Challenge } from './make-challenge.js';
import { createSealing, type NtlmSealing } from './sealing.js';

export interface ExchangeOptions {
  computerName: string;
  version: readonly [major: number, minor: number, build: number];
  /** By what the client sends; the domain may be empty, `.`, the computer's name, or anything else. */
  ntHashOf: NtHashOf;
  /** CbtHardeningLevel (MS-WSMV 2.2.4.9): `strict` refuses logins over TLS that are not bound to it. */
  cbtHardening?: 'relaxed' | 'strict';
  random?: (size: number) => Buffer;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface NtlmExchange {
  /** Type 1 in, type 2 out; one that is under way is forgotten. */
  challenge(negotiate: Buffer): Buffer;
  /** Type 3. Throws SecurityError for whoever is not let in. */
  accept(authenticate: Buffer): Accepted;
  forget(): void;
}

export interface Accepted {
  user: string;
  security: {
    /** For the signatures of SPNEGO; null without extended session security. */
    signatures: NtlmSealing | null;
    /** The same, where the client asked for sealing. */
    bodies: NtlmSealing | null;
  };
}

export function createExchange(options: ExchangeOptions, connection: ConnectionFacts): NtlmExchange {
  const { random = randomBytes, now = Date.now, cbtHardening = 'relaxed' } = options;
  const [major, minor, build] = options.version;
  const { secure, serverCertificate } = connection;
  let open: { negotiate: Buffer; challenge: Challenge; serverChallenge: Buffer } | null = null;
  return {
    challenge: (negotiate) => {
      open = null;
      const serverChallenge = random(8);
      const challenge = makeChallenge(negotiate, {
        computerName: options.computerName,
        version: { major, minor, build },
        nowMs: now(),
        serverChallenge,
      });
      open = { negotiate, challenge, serverChallenge };
      return challenge.bytes;
    },
    accept: (authenticate) => {
      const current = open;
      open = null;
      if (current === null) throw new SecurityError('an NTLM answer without a challenge');
      const { negotiate, challenge, serverChallenge } = current;
      const proven = checkAnswer({
        exchange: { negotiate, challenge: challenge.bytes, authenticate },
        serverChallenge,
        challengeFlags: challenge.flags,
        ntHashOf: options.ntHashOf,
        channelBinding: secure && serverCertificate !== null ? channelBindingHash(serverCertificate) : null,
        bindingDemanded: secure && cbtHardening === 'strict',
      });
      const { user, flags, sessionKey } = proven;
      const signatures = has(flags, flag.extendedSessionSecurity)
        ? createSealing({ side: 'server', sessionKey, flags })
        : null;
      return { user, security: { signatures, bodies: has(flags, flag.seal) ? signatures : null } };
    },
    forget: () => {
      open = null;
    },
  };
}
