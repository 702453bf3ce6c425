// Puts a folder into the store: whole or not at all. It is written beside its place, synced, and renamed; a folder that
// does not have its final name never counts.
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, open, readdir, rename, rm, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileFailure } from '../errors/index.js';
import { isOwnerGone, ownName } from './owner-name.js';
import { makeFolder } from './store-folder.js';

export const manifestName = 'manifest.json';
const unfinished = '.new-';
const replaced = '.old-';

export interface Publication {
  /** `layers/` or `images/` of the store. */
  parent: string;
  digest: string;
  /** Name -> path of the file to copy. */
  files: Record<string, string>;
  /** The same of files that are given away: where they lie on the store's own file system they are not copied. */
  given: Record<string, string>;
  /** Makes the manifest's text from the digests of the files as they were copied. */
  manifest: (files: Record<string, string>) => string;
  /** Takes the place of what is there; else what is there stays. */
  replace: boolean;
}

/** True where this call published it, false where somebody had done so before. */
export async function publish({
  parent,
  digest,
  files,
  given,
  manifest,
  replace,
}: Publication): Promise<boolean> {
  await makeFolder(parent);
  const temporary = join(parent, `${unfinished}${ownName()}`);
  try {
    await mkdir(temporary, { mode: 0o700 });
    const digests: Record<string, string> = {};
    for (const [name, path] of Object.entries({ ...files, ...given }).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const place = join(temporary, name);
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      digests[name] = await takeIn(path, place, name in given);
    }
    await writeSynced(join(temporary, manifestName), manifest(digests));
    await syncFolder(temporary);
    return await moveIn({ temporary, parent, place: join(parent, digest), replace });
  } catch (error) {
    throw fileFailure(error, join(parent, digest));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Removes what publishers that are gone left unfinished. */
export async function removeUnfinished(parent: string): Promise<void> {
  for (const name of await namesIn(parent)) {
    const prefix = [unfinished, replaced].find((start) => name.startsWith(start));
    if (prefix === undefined || !isOwnerGone(name.slice(prefix.length))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Names in a folder; none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileFailure(error, folder);
  }
}

interface Move {
  temporary: string;
  parent: string;
  place: string;
  replace: boolean;
}

async function moveIn({ temporary, parent, place, replace }: Move): Promise<boolean> {
  for (;;) {
    try {
      // A folder that is not empty is never renamed over: of two publishers one gets EEXIST or ENOTEMPTY.
      await rename(temporary, place);
      await syncFolder(parent);
      return true;
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code;
      if (reason !== 'EEXIST' && reason !== 'ENOTEMPTY') throw error;
      if (!replace) return false;
      await moveAway(place, join(parent, `${replaced}${ownName()}`));
    }
  }
}

async function moveAway(place: string, aside: string): Promise<void> {
  try {
    await rename(place, aside);
  } catch (error) {
    // Somebody else who replaces it was quicker.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** A machine's disk has many gigabytes; a second name for it costs nothing. */
async function takeIn(from: string, to: string, given: boolean): Promise<string> {
  if (!given || !(await isLinked(from, to))) {
    await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  }
  const file = await open(to, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return fileDigest(to);
}

/** False where the file system cannot, or is another one. */
async function isLinked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EXDEV' || code === 'EPERM' || code === 'EMLINK' || code === 'ENOTSUP') return false;
    throw error;
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** SHA-256 of a file's content, in hex. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
