// media fetch: what is missing and has an address, each file by itself.
import { join } from 'node:path';
import { fail, LyncimgError } from '../errors/index.js';
import { download } from './fetch/download.js';
import { shownAddress } from './fetch/shown.js';
import type { DownloadNews, Line } from './fetch/types.js';
import { locate, mediaFolder } from './locate.js';
import { locationOf, recordEntries, withEntry } from './lock-file.js';
import type { MediaLock, WantedFile } from './types.js';

/** What became of one file. */
export interface FetchedFile {
  path: string;
  title: string;
  /** `no-address`: it is missing, and nobody says where it could be downloaded. */
  outcome: 'present' | 'fetched' | 'no-address' | 'failed';
  /** Of what was fetched. */
  sha256: string | null;
  published: string | null;
  problem: LyncimgError | null;
}

export interface FetchOptions {
  /** Each path once. */
  wanted: readonly WantedFile[];
  lock: MediaLock;
  /** Takes what nothing but the server's certificate speaks for. */
  allowUnknownHash: boolean;
  line: Line;
  now: () => Date;
  signal: AbortSignal;
  tell: (news: DownloadNews) => void;
}

/**
 * Downloads into the folder `media/` of the workspace and records each file in the lock as soon as it is there. One that
 * fails keeps no other from being fetched. Throws the signal's reason, or what is wrong with the lock by then.
 */
export async function fetchFiles(options: FetchOptions): Promise<FetchedFile[]> {
  const files: FetchedFile[] = [];
  let { lock } = options;
  for (const file of options.wanted) {
    const { path, title, published = null } = file;
    const end = (outcome: FetchedFile['outcome'], more: Partial<FetchedFile> = {}): void => {
      files.push({ path, title, outcome, sha256: null, published, problem: null, ...more });
    };
    const found = await locate(file, lock, options.signal);
    if (found.state === 'file') end('present');
    // Somebody's own file is not overwritten, be it wrong.
    else if (found.state === 'wrong') end('failed', { problem: found.problem });
    else if (file.url === undefined) end('no-address');
    else {
      try {
        const fetched = await fetchOne(file, file.url, options, lock);
        lock = fetched.lock;
        end('fetched', { sha256: fetched.sha256 });
      } catch (error) {
        if (!(error instanceof LyncimgError) || options.signal.aborted) throw error;
        end('failed', { problem: error });
      }
    }
  }
  return files;
}

async function fetchOne(
  { path, sha256, sizeBytes }: WantedFile,
  url: string,
  { allowUnknownHash, line, signal, tell, now }: FetchOptions,
  lock: MediaLock,
): Promise<{ lock: MediaLock; sha256: string }> {
  if (sha256 === undefined && !allowUnknownHash)
    throw fail('E_FETCH_NO_HASH', { path, url: shownAddress(url) });
  const target = join(mediaFolder(lock), path);
  const done = await download({
    ...{ path, url, target, signal, tell, line },
    sha256: sha256?.toLowerCase() ?? null,
    sizeBytes: sizeBytes ?? null,
  });
  const location = locationOf(lock, target);
  const entry = { ...done, location, origin: shownAddress(url), addedAt: now().toISOString() };
  return { lock: await recordEntries(withEntry(lock, path, entry), [path]), sha256: done.sha256 };
}
