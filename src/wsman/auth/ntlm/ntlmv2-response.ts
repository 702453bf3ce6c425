// The proof that a client knows the password (MS-NLMP 2.2.2.7, 2.2.2.8). The attributes that the client was given and
// added are in it, so no one on the way can change them.
import { SecurityError } from '../scheme.js';
import { decodeAvPairs, encodeAvPairs, type AvPair } from './av-pairs.js';

export interface Ntlmv2Response {
  proof: Buffer;
  /** All behind the proof, which is over it. */
  blob: Buffer;
  /** FILETIME, 8 bytes */
  timestamp: Buffer;
  /** 8 bytes */
  clientChallenge: Buffer;
  avPairs: readonly AvPair[];
}

const proofBytes = 16;
const attributesAt = 28;

export function encodeBlob(
  content: Pick<Ntlmv2Response, 'timestamp' | 'clientChallenge' | 'avPairs'>,
): Buffer {
  return Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    content.timestamp,
    content.clientChallenge,
    Buffer.alloc(4),
    encodeAvPairs(content.avPairs),
    Buffer.alloc(4),
  ]);
}

export function decodeNtlmv2Response(bytes: Buffer): Ntlmv2Response {
  if (bytes.length < proofBytes + attributesAt)
    throw new SecurityError('an NTLMv2 response that is cut short');
  const blob = bytes.subarray(proofBytes);
  if (blob[0] !== 1 || blob[1] !== 1) throw new SecurityError('an NTLM response of an unknown version');
  return {
    proof: bytes.subarray(0, proofBytes),
    blob,
    timestamp: blob.subarray(8, 16),
    clientChallenge: blob.subarray(16, 24),
    avPairs: decodeAvPairs(blob.subarray(attributesAt)),
  };
}
