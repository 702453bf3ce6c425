// The server's part of NTLMv2 (MS-NLMP 3.2.5.1.2): is this answer to a challenge that of someone who knows the
// password, over this very connection?
import { timingSafeEqual } from 'node:crypto';
import { Rc4 } from '../rc4.js';
import { SecurityError } from '../scheme.js';
import { decodeAuthenticateMessage, type AuthenticateMessage } from './authenticate-message.js';
import { av, avFlags, findAv, micPresent } from './av-pairs.js';
import { flag, has } from './flags.js';
import { ntProof, responseKey, sessionBaseKey } from './keys.js';
import { messageIntegrityCode, type Exchange } from './mic.js';
import { decodeNtlmv2Response, type Ntlmv2Response } from './ntlmv2-response.js';

/** The NT hash of an account; null where there is none. */
export type NtHashOf = (user: string, domain: string) => Buffer | null;

export interface CheckedAnswer {
  exchange: Exchange;
  /** Of type 2. */
  serverChallenge: Buffer;
  challengeFlags: number;
  ntHashOf: NtHashOf;
  /** Of the connection; null where there is no channel to bind to. */
  channelBinding: Buffer | null;
  /** An answer that is bound to nothing is refused. */
  bindingDemanded: boolean;
}

export interface Proven {
  user: string;
  sessionKey: Buffer;
  /** What both sides agreed on. */
  flags: number;
}

/** Throws SecurityError for any answer that does not prove what it must. */
export function checkAnswer(answer: CheckedAnswer): Proven {
  const message = decodeAuthenticateMessage(answer.exchange.authenticate);
  const flags = (message.flags & answer.challengeFlags) >>> 0;
  if (message.user === '' && message.ntResponse.length === 0) throw new SecurityError('an anonymous login');
  // LM and NTLM of version 1 have 24 bytes, and a client that sends LM alone has none.
  if (message.ntResponse.length <= 24) throw new SecurityError('a login by LM or NTLM of version 1');
  const response = decodeNtlmv2Response(message.ntResponse);
  const key = provenKey(message, response, answer);
  const sessionKey = exportedKey(message, { flags, baseKey: sessionBaseKey(key, response.proof) });
  assertIntegrity(message, { response, sessionKey, exchange: answer.exchange });
  assertBinding(response, answer);
  return { user: message.user, sessionKey, flags };
}

/** As much work for an account that is not there, so that time does not tell which ones are. */
const nobody = Buffer.alloc(16);

function provenKey(message: AuthenticateMessage, response: Ntlmv2Response, answer: CheckedAnswer): Buffer {
  const { user, domain } = message;
  const found = answer.ntHashOf(user, domain);
  let proven: Buffer | null = null;
  // Some clients send a domain and leave it out of the key (MS-NLMP 3.2.5.1.2).
  for (const named of new Set([domain, ''])) {
    const key = responseKey({ ntHash: found ?? nobody, user, domain: named });
    if (timingSafeEqual(ntProof(key, answer.serverChallenge, response.blob), response.proof)) proven = key;
  }
  if (found === null) throw new SecurityError(`no account ${quoted(user)}`);
  if (proven === null) throw new SecurityError(`a wrong password for ${quoted(user)}`);
  return proven;
}

function quoted(user: string): string {
  return JSON.stringify(user.slice(0, 100));
}

function exportedKey(
  { encryptedSessionKey }: AuthenticateMessage,
  { flags, baseKey }: { flags: number; baseKey: Buffer },
): Buffer {
  if (!has(flags, flag.keyExchange)) return baseKey;
  if (encryptedSessionKey.length === 16) return new Rc4(baseKey).apply(encryptedSessionKey);
  if (has(flags, flag.sign) || has(flags, flag.seal)) throw new SecurityError('a key exchange without a key');
  return baseKey;
}

function assertIntegrity(
  { mic }: AuthenticateMessage,
  proof: { response: Ntlmv2Response; sessionKey: Buffer; exchange: Exchange },
): void {
  // The response says whether there is a MIC, and only who knows the password can make one that says there is none.
  if ((avFlags(proof.response.avPairs) & micPresent) === 0) return;
  const expected = messageIntegrityCode(proof.sessionKey, proof.exchange);
  if (mic === null || !timingSafeEqual(mic, expected)) {
    throw new SecurityError('NTLM messages that were changed on their way');
  }
}

function assertBinding(
  { avPairs }: Ntlmv2Response,
  { channelBinding, bindingDemanded }: Pick<CheckedAnswer, 'channelBinding' | 'bindingDemanded'>,
): void {
  if (channelBinding === null) {
    if (bindingDemanded) throw new SecurityError('no certificate that a login could be bound to');
    return;
  }
  const claimed = findAv(avPairs, av.channelBindings);
  // Zeros are how a client says that it binds to nothing (MS-NLMP 3.1.5.1.2).
  if (claimed === null || claimed.every((byte) => byte === 0)) {
    if (bindingDemanded) throw new SecurityError('a login that is not bound to the TLS connection');
    return;
  }
  if (!claimed.equals(channelBinding))
    throw new SecurityError('a login that is bound to another TLS connection');
}
