// media verify: whether what the lock says is still so.
import { LyncimgError } from '../errors/index.js';
import { fileKind, hashFile } from './file-content.js';
import { placeOfEntry } from './lock-file.js';
import type { LockEntry, MediaLock } from './types.js';

export type LockState = 'ok' | 'missing' | 'wrong-size' | 'wrong-hash' | 'placeholder' | 'unreadable';

export interface VerifiedFile {
  /** On the disc. */
  path: string;
  /** Where it lies, or should. */
  location: string;
  state: LockState;
  /** What was found instead, for people; null where nothing is wrong. */
  found: string | null;
}

/** Reads and hashes every file of the lock; in order of path. */
export async function verifyLock(lock: MediaLock, signal?: AbortSignal): Promise<VerifiedFile[]> {
  const files: VerifiedFile[] = [];
  for (const [path, entry] of [...lock.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [state, found] = await check(placeOfEntry(lock, entry), entry, signal);
    files.push({ path, location: entry.location, state, found });
  }
  return files;
}

async function check(
  place: string,
  entry: LockEntry,
  signal: AbortSignal | undefined,
): Promise<[LockState, string | null]> {
  try {
    const found = await fileKind(place);
    if (found.kind === 'absent') return ['missing', `nothing lies at ${place}`];
    if (found.kind === 'placeholder') return ['placeholder', 'a placeholder that lyncimg made'];
    if (found.sizeBytes !== entry.sizeBytes)
      return ['wrong-size', `${found.sizeBytes} bytes instead of ${entry.sizeBytes}`];
    const sha256 = await hashFile(place, signal);
    if (sha256 !== entry.sha256) return ['wrong-hash', `SHA-256 ${sha256} instead of ${entry.sha256}`];
    return ['ok', null];
  } catch (error) {
    if (!(error instanceof LyncimgError) || signal?.aborted === true) throw error;
    return ['unreadable', error.message];
  }
}
