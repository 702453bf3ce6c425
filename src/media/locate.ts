// Where a wanted file lies: where the lock says, else in the folder media/ of the workspace, else nowhere.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, LyncimgError } from '../errors/index.js';
import { discKey, isDiscPath } from './disc-path.js';
import { fileKind, hashFile } from './file-content.js';
import { entryOf, placeOfEntry } from './lock-file.js';
import type { LockEntry, MediaLock, WantedFile } from './types.js';

/** `path` is absolute. */
export type Located =
  | { state: 'absent' }
  /** The lock names it, and it is not there. */
  | { state: 'gone'; path: string }
  | { state: 'placeholder'; path: string }
  /** It is not what it should be, or cannot be read. */
  | { state: 'wrong'; path: string; problem: LyncimgError }
  | { state: 'file'; path: string; sha256: string; sizeBytes: number };

/**
 * A file of the lock is known by the size and hash that were written down (it is hashed again where it is copied, and by
 * `media verify`); one that only lies in the folder is hashed here.
 */
export async function locate(file: WantedFile, lock: MediaLock, signal?: AbortSignal): Promise<Located> {
  if (!isDiscPath(file.path)) {
    return { state: 'wrong', path: file.path, problem: fail('E_MEDIA_PATH', { path: file.path }) };
  }
  const entry = entryOf(lock, file.path);
  const path = entry === undefined ? await findInFolder(lock, file.path) : placeOfEntry(lock, entry);
  if (path === null) return { state: 'absent' };
  try {
    return await lookAt({ file, path, entry: entry ?? null, signal });
  } catch (error) {
    // What the signal says is no matter of the file.
    if (!(error instanceof LyncimgError) || signal?.aborted === true) throw error;
    return { state: 'wrong', path, problem: error };
  }
}

interface Look {
  file: WantedFile;
  path: string;
  entry: LockEntry | null;
  signal: AbortSignal | undefined;
}

async function lookAt({ file, path, entry, signal }: Look): Promise<Located> {
  const found = await fileKind(path);
  if (found.kind === 'absent') return { state: 'gone', path };
  if (found.kind === 'placeholder') return { state: 'placeholder', path };
  const { sizeBytes } = found;
  const expectedSize = entry?.sizeBytes ?? file.sizeBytes;
  if (expectedSize !== undefined && expectedSize !== sizeBytes)
    throw fail('E_MEDIA_SIZE', { path, expected: expectedSize, actual: sizeBytes });
  const sha256 = entry?.sha256 ?? (await hashFile(path, signal));
  const expected = file.sha256?.toLowerCase();
  if (expected !== undefined && expected !== sha256)
    throw fail('E_MEDIA_CHECKSUM', { path, expected, actual: sha256 });
  return { state: 'file', path, sha256, sizeBytes };
}

/** The folder that is laid out as the disc is. */
export function mediaFolder({ folder }: MediaLock): string {
  return join(folder, 'media');
}

async function findInFolder(lock: MediaLock, path: string): Promise<string | null> {
  let at = mediaFolder(lock);
  for (const name of path.split('/')) {
    // As the disc will be looked at: without regard to case. What cannot be listed holds nothing.
    const names = await readdir(at).catch(() => []);
    const found = names.find((one) => one === name) ?? names.find((one) => discKey(one) === discKey(name));
    if (found === undefined) return null;
    at = join(at, found);
  }
  return at;
}
