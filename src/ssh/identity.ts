// A private key of the user, from its file.
import type { ParsedKey } from 'ssh2';
import { readBounded, reasonOf } from './read-files.js';

/** The part of ssh2 that reads keys. */
export type KeyParser = (data: Buffer, passphrase?: string) => ParsedKey | Error;

/** The key, or why it cannot be used. */
export type Identity = { key: ParsedKey } | { why: string };

/** The largest keys have some 13 kB (RSA of 16384 bits). */
const keyLimit = 64 * 1024;

/** Null where there is no such file. */
export async function readIdentity(
  file: string,
  { passphrase, parse, signal }: { passphrase: string | undefined; parse: KeyParser; signal?: AbortSignal },
): Promise<Identity | null> {
  let data: Buffer | null;
  try {
    data = await readBounded(file, keyLimit, signal);
  } catch (error) {
    signal?.throwIfAborted();
    return { why: reasonOf(error) };
  }
  if (data === null) return null;
  const key = parse(data, passphrase);
  if (key instanceof Error) return { why: whyNot(key.message, passphrase !== undefined) };
  return key.isPrivateKey() ? { key } : { why: 'it holds a public key, not a private one' };
}

/** ssh2 has no codes for these; its words are fixed ones and quote nothing of the key. */
function whyNot(message: string, hasPassphrase: boolean): string {
  if (/no passphrase given/.test(message))
    return 'it needs a passphrase, and LYNCIMG_SSH_PASSPHRASE is not set';
  if (hasPassphrase && /bad passphrase|integrity check|bad decrypt/i.test(message)) {
    return 'the passphrase in LYNCIMG_SSH_PASSPHRASE does not open it';
  }
  return `it is no private key that can be used (${message})`;
}
