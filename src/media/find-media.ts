// What a plan's media are: a user's files where there are any, placeholders where a rehearsal has none.
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import { locate } from './locate.js';
import { placeholderItem } from './placeholder.js';
import type { MediaItem, MediaLock, WantedFile } from './types.js';

export interface FoundMedia {
  /** In order of path, each path once. */
  items: MediaItem[];
  /** Path on the disc -> absolute path of the file here, of every item that is a file. */
  sources: ReadonlyMap<string, string>;
}

/**
 * Looks for every wanted file and says all that is wrong at once (E_MEDIA_*), before anything is started. A file that
 * the lock names has to be there even in a rehearsal: a placeholder stands in only for what nobody said is here.
 */
export async function findMedia(options: {
  wanted: readonly WantedFile[];
  lock: MediaLock;
  /** Of a file that is not given: a placeholder stands in for it, it is refused, or it is listed as absent. */
  absent: 'placeholder' | 'refused' | 'listed';
  /** Files can take minutes to hash; what is thrown then is the reason of the signal. */
  signal?: AbortSignal;
}): Promise<Checked<FoundMedia>> {
  const { wanted, lock, absent, signal } = options;
  const items: MediaItem[] = [];
  const sources = new Map<string, string>();
  const found: LyncimgError[] = [];
  for (const file of byPath(wanted)) {
    const at = await locate(file, lock, signal);
    if (at.state === 'wrong') found.push(at.problem);
    else if (at.state === 'file') {
      const { sha256, sizeBytes } = at;
      items.push({ path: file.path, title: file.title, origin: 'file', sha256, sizeBytes });
      sources.set(file.path, at.path);
    } else if (absent === 'placeholder' && at.state !== 'gone') items.push(placeholderItem(file));
    else if (absent === 'listed') items.push(absentItem(file));
    else if (at.state === 'placeholder') found.push(fail('E_MEDIA_PLACEHOLDER', { path: at.path }));
    else found.push(missing(file, at.state === 'gone' ? at.path : null));
  }
  return found.length > 0 ? problems(found) : ok({ items, sources });
}

/** Its hash may be known all the same. */
function absentItem({ path, title, sha256, sizeBytes }: WantedFile): MediaItem {
  return {
    path,
    title,
    origin: 'absent',
    sha256: sha256?.toLowerCase() ?? '0'.repeat(64),
    sizeBytes: sizeBytes ?? 0,
  };
}

/** `at`: where the lock says that it lies. */
function missing({ path, title, published, url }: WantedFile, at: string | null): LyncimgError {
  return fail('E_MEDIA_MISSING', { path, title, at, published: published ?? null, url: url ?? null });
}

function byPath(wanted: readonly WantedFile[]): WantedFile[] {
  const files = new Map(wanted.map((file) => [file.path, file]));
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
