// The client's part of NTLMv2 (MS-NLMP 3.1.5.1.2): from a challenge to the message that answers it, and to the key
// that both sides then share.
import { Rc4 } from '../rc4.js';
import { SecurityError } from '../scheme.js';
import { encodeAuthenticateMessage } from './authenticate-message.js';
import { av, avFlags, findAv, micPresent, type AvPair } from './av-pairs.js';
import type { ChallengeMessage } from './challenge-message.js';
import { flag, has } from './flags.js';
import { lmv2Response, ntProof, responseKey, sessionBaseKey, type Account } from './keys.js';
import { messageIntegrityCode, micAt, micBytes } from './mic.js';
import { encodeBlob } from './ntlmv2-response.js';
import type { NtlmVersion } from './version.js';

export interface ChallengeAnswer {
  account: Account;
  /** Type 1 as it was sent. */
  negotiate: Buffer;
  /** Type 2 as it came, and what it says. */
  challengeBytes: Buffer;
  challenge: ChallengeMessage;
  /** What both sides can do. */
  flags: number;
  /** The service that is meant, e.g. `HTTP/host`. */
  targetName: string;
  /** 16 bytes; zeros where there is no channel to bind to. */
  channelBinding: Buffer;
  version: NtlmVersion | null;
  /** FILETIME of now, for a challenge without one. */
  time: Buffer;
  random: (size: number) => Buffer;
}

export interface Answered {
  authenticate: Buffer;
  sessionKey: Buffer;
}

export function answerChallenge(answer: ChallengeAnswer): Answered {
  const { account, challenge, flags, random } = answer;
  const timestamp = findAv(challenge.targetInfo, av.timestamp);
  if (timestamp !== null && timestamp.length !== 8)
    throw new SecurityError('an NTLM time that is not eight bytes');
  const withMic = timestamp !== null;
  const key = responseKey(account);
  const clientChallenge = random(8);
  const avPairs = amended(answer, withMic);
  const blob = encodeBlob({ timestamp: timestamp ?? answer.time, clientChallenge, avPairs });
  const proof = ntProof(key, challenge.serverChallenge, blob);
  const baseKey = sessionBaseKey(key, proof);
  const exchanged = has(flags, flag.keyExchange);
  const sessionKey = exchanged ? random(16) : baseKey;
  const authenticate = encodeAuthenticateMessage({
    flags,
    domain: account.domain,
    user: account.user,
    workstation: '',
    // A host that gives its time wants no LM response (MS-NLMP 3.1.5.1.2).
    lmResponse: withMic ? Buffer.alloc(24) : lmv2Response(key, challenge.serverChallenge, clientChallenge),
    ntResponse: Buffer.concat([proof, blob]),
    encryptedSessionKey: exchanged ? new Rc4(baseKey).apply(sessionKey) : Buffer.alloc(0),
    version: answer.version,
    mic: withMic ? Buffer.alloc(micBytes) : null,
  });
  if (withMic) {
    const { negotiate, challengeBytes } = answer;
    const exchange = { negotiate, challenge: challengeBytes, authenticate };
    authenticate.set(messageIntegrityCode(sessionKey, exchange), micAt);
  }
  return { authenticate, sessionKey };
}

/** The host's attributes and the client's own, which count whatever the host says of them. */
function amended(answer: ChallengeAnswer, withMic: boolean): AvPair[] {
  const own: AvPair[] = [];
  const given = answer.challenge.targetInfo;
  const flags = avFlags(given) | (withMic ? micPresent : 0);
  if (flags !== 0) {
    const value = Buffer.alloc(4);
    value.writeUInt32LE(flags >>> 0);
    own.push({ id: av.flags, value });
  }
  own.push({ id: av.channelBindings, value: answer.channelBinding });
  own.push({ id: av.targetName, value: Buffer.from(answer.targetName, 'utf16le') });
  const replaced = new Set<number>([av.flags, av.channelBindings, av.targetName]);
  return [...given.filter(({ id }) => !replaced.has(id)), ...own];
}
