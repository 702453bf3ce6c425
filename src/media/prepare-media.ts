// Fills the folder that becomes the media disc: with the user's files where there are any, with placeholders where a
// rehearsal has none.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fail, fileFailure, LyncimgError, ProblemsError } from '../errors/index.js';
import { beginsAsPlaceholder, placeholderItem, placeholderText } from './placeholder.js';
import type { MediaItem, WantedFile } from './types.js';

export interface MediaOptions {
  wanted: readonly WantedFile[];
  /** Where the disc's files are written; made if it is not there. */
  folder: string;
  /** True lets a placeholder stand in for a file that is not given. */
  rehearsal: boolean;
  /** The user's folder with Microsoft's files, laid out as the disc is. */
  files?: string;
}

/**
 * Writes every wanted file and says what it wrote, in order of path. Throws all problems of the input at once
 * (E_MEDIA_*), or E_DISK_FULL.
 */
export async function prepareMedia({ wanted, folder, rehearsal, files }: MediaOptions): Promise<MediaItem[]> {
  const items: MediaItem[] = [];
  const problems: LyncimgError[] = [];
  for (const file of byPath(wanted)) {
    try {
      items.push(await prepareFile({ file, folder, rehearsal, files: files ?? null }));
    } catch (error) {
      if (!(error instanceof LyncimgError) || error.exitCode !== 2)
        throw fileFailure(error, join(folder, file.path));
      problems.push(error);
    }
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return items;
}

/** Each path once: layers of one chain may want the same file. Windows does not tell case apart, so nor is it here. */
function byPath(wanted: readonly WantedFile[]): WantedFile[] {
  const files = new Map<string, WantedFile>();
  for (const file of wanted) {
    const key = file.path.toLowerCase();
    if (!files.has(key)) files.set(key, file);
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface FileOptions {
  file: WantedFile;
  folder: string;
  rehearsal: boolean;
  files: string | null;
}

async function prepareFile({ file, folder, rehearsal, files }: FileOptions): Promise<MediaItem> {
  if (!isDiscPath(file.path)) throw fail('E_MEDIA_PATH', { path: file.path });
  const target = join(folder, file.path);
  await mkdir(dirname(target), { recursive: true });
  const given = files === null ? null : join(files, file.path);
  const kind = given === null ? 'absent' : await kindOf(given);
  if (given !== null && kind === 'file') return copyChecked(file, given, target);
  if (!rehearsal) {
    if (kind === 'placeholder') throw fail('E_MEDIA_PLACEHOLDER', { path: given ?? file.path });
    throw fail('E_MEDIA_MISSING', { path: file.path, title: file.title, folder: files });
  }
  await writeFile(target, placeholderText(file));
  return placeholderItem(file);
}

/** Plain names with forward slashes: nothing that leads out of the folder, nothing that Windows cannot have. */
function isDiscPath(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  return path.split('/').every((name) => !/^\.*$|[\u0000-\u001f\\:*?"<>|]|[. ]$/.test(name));
}

async function kindOf(path: string): Promise<'file' | 'placeholder' | 'absent'> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
      return beginsAsPlaceholder(buffer.subarray(0, bytesRead)) ? 'placeholder' : 'file';
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent';
    throw fileFailure(error, path);
  }
}

/** Hashes what it copies: what lies on the disc is what the checksum was made of. */
async function copyChecked(file: WantedFile, source: string, target: string): Promise<MediaItem> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await pipeline(
    createReadStream(source),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(target),
  );
  const actual = hash.digest('hex');
  if (file.sha256 !== undefined && file.sha256.toLowerCase() !== actual) {
    await rm(target, { force: true });
    throw fail('E_MEDIA_CHECKSUM', { path: source, expected: file.sha256.toLowerCase(), actual });
  }
  return { path: file.path, title: file.title, origin: 'file', sha256: actual, sizeBytes };
}
