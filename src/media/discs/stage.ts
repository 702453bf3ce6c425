// The tree that a disc is made of: links to the files that lie elsewhere, so that gigabytes are not copied twice, and
// small files written here. Names are the disc's own; no tool is told one.
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../errors/index.js';
import { shownText } from '../fetch/shown.js';

export type DiscEntry =
  | { path: string; content: string | Uint8Array }
  | {
      path: string;
      /** Absolute path of the file. */
      source: string;
      /** `identityOf` it, from before its content was checked. */
      identity: string;
    };

/** Folders 0700, files 0600. */
export async function stage(
  entries: readonly DiscEntry[],
  tree: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await mkdir(tree, { mode: 0o700 });
  for (const entry of entries) {
    signal?.throwIfAborted();
    const place = join(tree, entry.path);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    if ('source' in entry) await symlink(entry.source, place);
    else await writeFile(place, entry.content, { flag: 'wx', mode: 0o600 });
  }
}

/**
 * Throws E_DISC_SOURCE where a file is not what it was: between the moment at which it was checked and the one at which
 * the tool had read it, it could have been written to or replaced. A file that went away is left out by both tools, which
 * end well all the same.
 */
export async function checkUnchanged(entries: readonly DiscEntry[]): Promise<void> {
  for (const entry of entries) {
    if (!('source' in entry)) continue;
    const { path, source, identity } = entry;
    const now = await identityOf(source).catch(() => null);
    if (now !== identity) throw fail('E_DISC_SOURCE', { path, source: shownText(source) });
  }
}

/**
 * What a file's content cannot change without: which file it is, its size, and when it was last written to. The time of
 * the last change of its inode is in it because nobody can set that one back.
 */
export async function identityOf(file: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}
