// What a server answers to type 1 (MS-NLMP 3.2.5.1.1), as a Windows host of a workgroup does it: every name that it
// gives is the computer's.
import { SecurityError } from '../scheme.js';
import { av } from './av-pairs.js';
import { encodeChallengeMessage } from './challenge-message.js';
import { fileTime } from './filetime.js';
import { allOf, flag, has } from './flags.js';
import { decodeNegotiateMessage } from './negotiate-message.js';
import type { NtlmVersion } from './version.js';

export interface ChallengeOffer {
  computerName: string;
  version: NtlmVersion;
  /** Milliseconds since 1970. */
  nowMs: number;
  /** 8 bytes that no one can guess. */
  serverChallenge: Buffer;
}

export interface Challenge {
  bytes: Buffer;
  flags: number;
}

/** Throws SecurityError for a client that one cannot talk to. */
export function makeChallenge(negotiate: Buffer, offer: ChallengeOffer): Challenge {
  const flags = agreed(decodeNegotiateMessage(negotiate).flags);
  const { computerName, version, serverChallenge } = offer;
  const name = Buffer.from(computerName, 'utf16le');
  const bytes = encodeChallengeMessage({
    flags,
    targetName: computerName,
    serverChallenge,
    targetInfo: [
      { id: av.nbDomainName, value: name },
      { id: av.nbComputerName, value: name },
      { id: av.dnsDomainName, value: name },
      { id: av.dnsComputerName, value: name },
      { id: av.timestamp, value: fileTime(offer.nowMs) },
    ],
    version,
  });
  return { bytes, flags };
}

/** Given when the client asks for it. */
const supported = allOf(
  flag.unicode,
  flag.oem,
  flag.sign,
  flag.seal,
  flag.extendedSessionSecurity,
  flag.key128,
  flag.keyExchange,
  flag.key56,
);

/** Given always. */
const own = allOf(
  flag.requestTarget,
  flag.ntlm,
  flag.alwaysSign,
  flag.targetTypeServer,
  flag.targetInfo,
  flag.version,
);

function agreed(asked: number): number {
  const flags = allOf(asked & supported, own);
  if (has(flags, flag.seal) && !has(flags, flag.key128)) {
    // ServerRequire128bitEncryption, on since Windows 7 (MS-NLMP 3.2.1.1, note 60).
    throw new SecurityError('a client that would seal with less than 128 bits');
  }
  if (has(flags, flag.unicode)) return allOf(flags & ~flag.oem);
  if (!has(flags, flag.oem)) throw new SecurityError('a client with neither Unicode nor OEM names');
  return flags;
}
