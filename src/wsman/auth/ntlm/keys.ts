// From a password to keys (MS-NLMP 3.3.2 and 3.4.5), for NTLM of version 2 alone: its predecessors fall to anyone who
// listens.
import { createHash, createHmac } from 'node:crypto';
import { md4 } from '../md4.js';
import { flag, has } from './flags.js';
import { upperCase } from './text.js';

/** What Windows stores of a password. It is as good as the password. */
export function ntHash(password: string): Buffer {
  return md4(Buffer.from(password, 'utf16le'));
}

export interface Account {
  ntHash: Buffer;
  user: string;
  /** As the client sends it, its letters included. */
  domain: string;
}

/** NTOWFv2. The names are UTF-16LE here also for clients that send them as OEM. */
export function responseKey({ ntHash: hash, user, domain }: Account): Buffer {
  return hmacMd5(hash, Buffer.from(upperCase(user) + domain, 'utf16le'));
}

/** NTProofStr: `blob` is all of the response behind it. */
export function ntProof(key: Buffer, serverChallenge: Buffer, blob: Buffer): Buffer {
  return hmacMd5(key, serverChallenge, blob);
}

export function lmv2Response(key: Buffer, serverChallenge: Buffer, clientChallenge: Buffer): Buffer {
  return Buffer.concat([hmacMd5(key, serverChallenge, clientChallenge), clientChallenge]);
}

/** With version 2 it is the key exchange key, too. */
export function sessionBaseKey(key: Buffer, proof: Buffer): Buffer {
  return hmacMd5(key, proof);
}

export type Direction = 'client-to-server' | 'server-to-client';

export function signKey(sessionKey: Buffer, direction: Direction): Buffer {
  return md5(sessionKey, magic(direction, 'signing'));
}

export function sealKey(sessionKey: Buffer, direction: Direction, flags: number): Buffer {
  return md5(cut(sessionKey, flags), magic(direction, 'sealing'));
}

/** What the flags leave of the key's strength, with extended session security (MS-NLMP 3.4.5.3). */
function cut(sessionKey: Buffer, flags: number): Buffer {
  if (has(flags, flag.key128)) return sessionKey;
  return sessionKey.subarray(0, has(flags, flag.key56) ? 7 : 5);
}

function magic(direction: Direction, use: 'signing' | 'sealing'): Buffer {
  return Buffer.from(`session key to ${direction} ${use} key magic constant\0`, 'latin1');
}

function md5(...pieces: readonly Buffer[]): Buffer {
  const hash = createHash('md5');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

function hmacMd5(key: Buffer, ...pieces: readonly Buffer[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const piece of pieces) hmac.update(piece);
  return hmac.digest();
}
