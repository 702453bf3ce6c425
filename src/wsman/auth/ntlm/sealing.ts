// Sealing of bodies with extended session security (MS-NLMP 3.4.3, 3.4.4.2). Each direction has its keys, its stream
// and its count, which last as long as the connection.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Rc4 } from '../rc4.js';
import { SecurityError, type MessageSecurity } from '../scheme.js';
import { flag, has } from './flags.js';
import { sealKey, signKey, type Direction } from './keys.js';

export interface NtlmSealing extends MessageSecurity {
  /** Signs what SPNEGO agreed on; see `checkMechanisms`. */
  signMechanisms(bytes: Buffer): Buffer;
  /**
   * Throws SecurityError for a signature that is not right. Both this and its counterpart take a number of their
   * direction, and set the stream back to its beginning (MS-SPNG 3.2.5.1): the first sealed message has number 1.
   */
  checkMechanisms(bytes: Buffer, signature: Buffer): void;
}

export interface SealingOptions {
  side: 'client' | 'server';
  /** ExportedSessionKey, 16 bytes. */
  sessionKey: Buffer;
  /** What both sides agreed on. */
  flags: number;
}

const signatureBytes = 16;

export function createSealing({ side, sessionKey, flags }: SealingOptions): NtlmSealing {
  const fromClient = createStream('client-to-server', sessionKey, flags);
  const fromServer = createStream('server-to-client', sessionKey, flags);
  const [outgoing, incoming] = side === 'client' ? [fromClient, fromServer] : [fromServer, fromClient];
  let broken = false;

  /** After one wrong message the stream is out of step: nothing that comes after it can be trusted. */
  const guarded = <T>(open: () => T): T => {
    if (broken) throw new SecurityError('a message before this one could not be opened');
    broken = true;
    const opened = open();
    broken = false;
    return opened;
  };

  return {
    protocol: 'application/HTTP-SPNEGO-session-encrypted',
    seal: (plain) => {
      const sealed = outgoing.apply(plain);
      return { header: outgoing.sign(plain), sealed };
    },
    unseal: ({ header, sealed }) =>
      guarded(() => {
        incoming.assertNext(header);
        const plain = incoming.apply(sealed);
        incoming.check(plain, header);
        return plain;
      }),
    signMechanisms: (bytes) => {
      const signature = outgoing.sign(bytes);
      outgoing.rewind();
      return signature;
    },
    checkMechanisms: (bytes, signature) => {
      guarded(() => {
        incoming.assertNext(signature);
        incoming.check(bytes, signature);
        incoming.rewind();
      });
    },
  };
}

interface Stream {
  apply(bytes: Buffer): Buffer;
  /** The signature of the next message; its data have gone through `apply` before. */
  sign(plain: Buffer): Buffer;
  /** Before anything is opened: is this the signature of the message whose turn it is? */
  assertNext(signature: Buffer): void;
  check(plain: Buffer, signature: Buffer): void;
  rewind(): void;
}

function createStream(direction: Direction, sessionKey: Buffer, flags: number): Stream {
  const signing = signKey(sessionKey, direction);
  const sealing = sealKey(sessionKey, direction, flags);
  const hidden = has(flags, flag.keyExchange);
  let rc4 = new Rc4(sealing);
  let next = 0;

  const sign = (plain: Buffer): Buffer => {
    const signature = Buffer.alloc(signatureBytes);
    signature.writeUInt32LE(1, 0);
    signature.writeUInt32LE(next, 12);
    const checksum = createHmac('md5', signing).update(signature.subarray(12)).update(plain).digest();
    const shown = checksum.subarray(0, 8);
    signature.set(hidden ? rc4.apply(shown) : shown, 4);
    next = (next + 1) >>> 0;
    return signature;
  };

  return {
    apply: (bytes) => rc4.apply(bytes),
    sign,
    assertNext: (signature) => {
      if (signature.length !== signatureBytes) {
        throw new SecurityError(`an NTLM signature of ${signature.length} bytes`);
      }
      if (signature.readUInt32LE(0) !== 1) throw new SecurityError('an NTLM signature of an unknown version');
      const number = signature.readUInt32LE(12);
      if (number !== next) throw new SecurityError(`message number ${number} in the place of number ${next}`);
    },
    check: (plain, signature) => {
      if (!timingSafeEqual(sign(plain), signature))
        throw new SecurityError('a message with a wrong signature');
    },
    rewind: () => {
      rc4 = new Rc4(sealing);
    },
  };
}
