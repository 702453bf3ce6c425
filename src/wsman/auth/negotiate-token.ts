// Tokens under the word Negotiate (RFC 4559): base64 in the headers Authorization and WWW-Authenticate.
import { SecurityError } from './scheme.js';

/** Far above any token of NTLM; what Kerberos needs at most on Windows (MaxTokenSize). */
const longestBytes = 48_000;

/** Of the first challenge that brings one: each may be a header of its own, or all may be joined in one. */
export function negotiateToken(challenges: readonly string[]): Buffer | null {
  for (const challenge of challenges) {
    const token = /(?:^|,)[ \t]*Negotiate[ \t]+([A-Za-z0-9+/]+={0,2})[ \t]*(?:,|$)/i.exec(challenge)?.[1];
    if (token !== undefined) return decodeToken(token);
  }
  return null;
}

/** Throws SecurityError for what is no base64, or longer than a token can be. */
export function decodeToken(token: string): Buffer {
  if (token.length > (longestBytes / 3) * 4) throw new SecurityError('a token that is too long');
  if (token.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(token)) {
    throw new SecurityError('a token that is not base64');
  }
  return Buffer.from(token, 'base64');
}

export function negotiateHeader(token: Buffer): string {
  return `Negotiate ${token.toString('base64')}`;
}
