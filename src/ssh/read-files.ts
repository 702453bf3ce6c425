// The user's files of ssh, read with a limit: known_hosts, private keys.
import { createReadStream } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../errors/index.js';
import { knownHostsLimit, parseKnownHosts, type KnownHost } from './known-hosts.js';

/** Where ssh itself looks: UserKnownHostsFile and GlobalKnownHostsFile of ssh_config(5). */
export function usualKnownHosts(): string[] {
  return [join(homedir(), '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts'];
}

/** IdentityFile of ssh_config(5), as far as ssh2 can sign with them, best first. */
export function usualIdentities(): string[] {
  return ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(homedir(), '.ssh', name));
}

/** All entries, in the order of the files. A file that is not there holds none; throws E_SSH_KNOWN_HOSTS. */
export async function readKnownHosts(
  files: readonly string[],
  signal: AbortSignal | undefined,
): Promise<KnownHost[]> {
  const entries: KnownHost[] = [];
  for (const file of files) {
    const text = await readBounded(file, knownHostsLimit, signal).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw fail('E_SSH_KNOWN_HOSTS', { file, reason: reasonOf(error) }, { where: { file }, cause: error });
    });
    if (text !== null) entries.push(...parseKnownHosts(text.toString('utf8'), file));
  }
  return entries;
}

/** Null where there is no such file. /dev/null, and other files whose size nothing tells, are as good as any. */
export async function readBounded(
  file: string,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(file, { end: limit, ...(signal && { signal }) })) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  if (size > limit) throw new Error(`it has more than ${limit} bytes`);
  return Buffer.concat(chunks);
}

export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
