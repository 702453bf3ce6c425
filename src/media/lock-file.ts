// media.lock.yaml: read, and written so that the same files give the same text.
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Document, YAMLMap } from 'yaml';
import {
  fail,
  fileFailure,
  ok,
  orThrow,
  problems,
  type Checked,
  type LyncimgError,
} from '../errors/index.js';
import { writeFileAtomic } from '../util/index.js';
import { discKey } from './disc-path.js';
import { lockName, parseLock } from './parse-lock.js';
import type { LockEntry, MediaLock } from './types.js';

/** Some four hundred files; Lync Server 2013 asks for a few dozen. */
const limitBytes = 128 * 1024;

const where = { file: lockName };

const heading = [
  ' Which files of Microsoft are here, written by lyncimg media add and media fetch.',
  ' docs/media.md says more. Keep it in version control, and the files themselves out of it.',
].join('\n');

/** The lock of a folder, empty where there is none; every problem with its place (E_MEDIA_LOCK). */
export async function readLock(folder: string): Promise<Checked<MediaLock>> {
  const text = await textOf(join(folder, lockName));
  if (!text.ok) return text;
  const lock = { folder: resolve(folder), files: new Map<string, LockEntry>() };
  if (text.value === null) return ok(lock);
  const files = parseLock(text.value);
  return files.ok ? ok({ ...lock, files: files.value }) : files;
}

/**
 * Takes the entries of these paths over into the lock as it lies there now, and gives what was written: another run may
 * have added to it since `lock` was read. Throws what is wrong with it (E_MEDIA_LOCK).
 */
export async function recordEntries(lock: MediaLock, paths: readonly string[]): Promise<MediaLock> {
  let latest = orThrow(await readLock(lock.folder));
  for (const path of paths) {
    const entry = entryOf(lock, path);
    if (entry !== undefined) latest = withEntry(latest, path, entry);
  }
  await writeLock(latest);
  return latest;
}

/** Replaces the lock's file: the old one or the new one is there, never a part, and never one that could not be read. */
export async function writeLock({ folder, files }: MediaLock): Promise<void> {
  const document = new Document({ apiVersion: 'lyncimg/v1', kind: 'MediaLock' });
  document.commentBefore = heading;
  const sorted = new YAMLMap();
  for (const [path, entry] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { location, sizeBytes, sha256, origin, addedAt } = entry;
    sorted.set(path, document.createNode({ location, sizeBytes, sha256, origin, addedAt }));
  }
  document.set('files', sorted);
  const text = document.toString({ lineWidth: 0 });
  if (Buffer.byteLength(text) > limitBytes) throw tooLarge(Buffer.byteLength(text));
  orThrow(parseLock(text));
  const path = join(folder, lockName);
  try {
    await writeFileAtomic(path, text);
  } catch (error) {
    throw fileFailure(error, path);
  }
}

/** The entry of a path on the disc, in any case. */
export function entryOf({ files }: MediaLock, path: string): LockEntry | undefined {
  const key = discKey(path);
  return [...files].find(([name]) => discKey(name) === key)?.[1];
}

/** The lock with one entry more, in the place of one of the same path. */
export function withEntry(lock: MediaLock, path: string, entry: LockEntry): MediaLock {
  const others = [...lock.files].filter(([name]) => discKey(name) !== discKey(path));
  return { ...lock, files: new Map([...others, [path, entry]]) };
}

/** Absolute path of the file that an entry means. */
export function placeOfEntry({ folder }: MediaLock, { location }: LockEntry): string {
  return resolve(folder, location);
}

/** How the lock writes an absolute path: relative where it is inside of the workspace. */
export function locationOf({ folder }: MediaLock, path: string): string {
  const inside = relative(folder, path);
  const isInside = inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
  return isInside ? inside.split(sep).join('/') : path;
}

async function textOf(path: string): Promise<Checked<string | null>> {
  try {
    const { size } = await stat(path);
    if (size > limitBytes) return problems([tooLarge(size)]);
    return ok((await readFile(path, 'utf8')).replaceAll('\r\n', '\n'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return ok(null);
    return problems([fail('E_FILE_UNREADABLE', { file: lockName, reason: message }, { where })]);
  }
}

function tooLarge(sizeBytes: number): LyncimgError {
  return fail('E_FILE_TOO_LARGE', { file: lockName, sizeBytes, limitBytes }, { where });
}
