// Reads what was published, and believes none of it before its digests were checked.
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, fileFailure, LyncimgError } from '../errors/index.js';
import type { ManifestText } from './manifest-schema.js';
import { fileDigest, manifestName, namesIn } from './publish.js';
import type { Stored } from './types.js';

export interface Shelf<Manifest> {
  /** `layers/` or `images/` of the store. */
  parent: string;
  parse: (source: ManifestText) => Manifest;
  /** The command that makes it anew. */
  rebuild: (manifest: Manifest) => string;
}

/** What a shelf holds: the manifests that can be read, and an error for each that cannot. */
export interface Contents<Manifest> {
  manifests: Manifest[];
  damaged: LyncimgError[];
}

/** Reads the manifests alone; the files that they list are not looked at. */
export async function readShelf<Manifest>(shelf: Shelf<Manifest>): Promise<Contents<Manifest>> {
  const contents: Contents<Manifest> = { manifests: [], damaged: [] };
  for (const digest of (await namesIn(shelf.parent)).filter(isDigest).sort()) {
    try {
      const manifest = await readManifest(shelf, digest);
      if (manifest !== null) contents.manifests.push(manifest);
    } catch (error) {
      if (!(error instanceof LyncimgError)) throw error;
      contents.damaged.push(error);
    }
  }
  return contents;
}

/** The entry with all its files checked, or null where there is none. Throws E_STORE_CORRUPT, E_STORE_VERSION. */
export async function readEntry<Manifest extends { files: Record<string, string> }>(
  shelf: Shelf<Manifest>,
  digest: string,
): Promise<Stored<Manifest> | null> {
  const manifest = await readManifest(shelf, digest);
  if (manifest === null) return null;
  const folder = join(shelf.parent, digest);
  const files: Record<string, string> = {};
  for (const [name, expected] of Object.entries(manifest.files)) {
    const path = join(folder, name);
    const why = await damageOf(path, expected);
    if (why !== null) throw fail('E_STORE_CORRUPT', { path, why, rebuild: shelf.rebuild(manifest) });
    files[name] = path;
  }
  return { manifest, folder, files };
}

/** A digest as the store's folders are named; guards every path that is made of one. */
export function isDigest(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

async function readManifest<Manifest>(shelf: Shelf<Manifest>, digest: string): Promise<Manifest | null> {
  const folder = join(shelf.parent, digest);
  const path = join(folder, manifestName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason !== 'ENOENT') throw fileFailure(error, path);
    if (!(await exists(folder))) return null;
    throw fail('E_STORE_CORRUPT', { path, why: 'is missing', rebuild: 'lyncimg build --force' });
  }
  return shelf.parse({ path, digest, text });
}

async function damageOf(path: string, expected: string): Promise<string | null> {
  try {
    // A link could lead anywhere, and what it leads to could change after the check.
    if (!(await lstat(path)).isFile()) return 'is no plain file';
    return (await fileDigest(path)) === expected
      ? null
      : 'has changed since it was made (its SHA-256 differs)';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'is missing';
    throw fileFailure(error, path);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
