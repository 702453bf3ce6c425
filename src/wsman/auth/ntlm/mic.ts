// The MIC of type 3: all three messages as they went over the wire, under the session key (MS-NLMP 3.1.5.1.2). It is
// what keeps a man in the middle from changing the flags.
import { createHmac } from 'node:crypto';

export const micAt = 72;
export const micBytes = 16;

export interface Exchange {
  negotiate: Buffer;
  challenge: Buffer;
  /** With room for the MIC; what stands there does not count. */
  authenticate: Buffer;
}

export function messageIntegrityCode(
  sessionKey: Buffer,
  { negotiate, challenge, authenticate }: Exchange,
): Buffer {
  return createHmac('md5', sessionKey)
    .update(negotiate)
    .update(challenge)
    .update(authenticate.subarray(0, micAt))
    .update(Buffer.alloc(micBytes))
    .update(authenticate.subarray(micAt + micBytes))
    .digest();
}
