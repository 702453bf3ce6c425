// Puts rendered files into a folder: all of them or none, and never over something that a person wrote.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fail, fileFailure } from '../errors/index.js';
import { sha256 } from '../util/index.js';

/** Lists what lyncimg wrote into the folder, by digest, so that it can tell its own files from others. */
const markFile = '.lyncimg-generated.json';

/**
 * Makes `folder` hold exactly these files. An existing folder must be empty, or hold nothing but what an earlier call
 * wrote and nobody changed since: E_OUTPUT_NOT_OURS otherwise. A failure (E_FILE_ACCESS, E_DISK_FULL) leaves the folder
 * as it was.
 */
export async function writeRendered(files: ReadonlyMap<string, string>, folder: string): Promise<void> {
  await replaceFolder(files, folder).catch((error: unknown) => {
    throw fileFailure(error, folder);
  });
}

async function replaceFolder(files: ReadonlyMap<string, string>, folder: string): Promise<void> {
  const target = await targetOf(folder);
  const present = await filesBelow(target);
  if (present !== null) await refuseForeign(target, present, folder);

  await mkdir(dirname(target), { recursive: true });
  const suffix = `${randomBytes(6).toString('hex')}.tmp`;
  const fresh = `${target}.new-${suffix}`;
  const old = `${target}.old-${suffix}`;
  try {
    await writeAll(files, fresh);
    if (present !== null) await rename(target, old);
    try {
      await rename(fresh, target);
    } catch (error) {
      if (present !== null) await rename(old, target);
      throw error;
    }
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** Behind a link: the folder that it names is replaced, not the link. */
async function targetOf(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return resolve(folder);
    throw error;
  }
}

async function writeAll(files: ReadonlyMap<string, string>, folder: string): Promise<void> {
  const digests: Record<string, string> = {};
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flag: 'wx' });
    digests[path] = sha256(text);
  }
  const mark = { apiVersion: 'lyncimg/v1', kind: 'Rendered', files: digests };
  await writeFile(join(folder, markFile), `${JSON.stringify(mark, null, 2)}\n`, { flag: 'wx' });
}

async function refuseForeign(target: string, present: string[], folder: string): Promise<void> {
  if (present.length === 0) return;
  const ours = await readMark(join(target, markFile));
  for (const path of present.filter((name) => name !== markFile)) {
    const expected = Object.hasOwn(ours, path) ? ours[path] : undefined;
    if (expected === undefined) throw fail('E_OUTPUT_NOT_OURS', { folder, path, changed: false });
    if (sha256(await readFile(join(target, path))) !== expected) {
      throw fail('E_OUTPUT_NOT_OURS', { folder, path, changed: true });
    }
  }
}

/** Nothing is ours where the mark is missing or cannot be read. */
async function readMark(file: string): Promise<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof data !== 'object' || data === null || !('files' in data)) return {};
    return typeof data.files === 'object' && data.files !== null ? { ...data.files } : {};
  } catch {
    return {};
  }
}

/** Relative paths with forward slashes, of everything that is no folder; null where there is no folder at all. */
async function filesBelow(folder: string): Promise<string[] | null> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    if (codeOf(error) === 'ENOTDIR') throw fail('E_OUTPUT_NOT_OURS', { folder, path: null, changed: false });
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
