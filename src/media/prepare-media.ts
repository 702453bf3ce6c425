// Fills the folder that becomes the media disc with what the plan says: files and placeholders.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fail, fileFailure, LyncimgError, ProblemsError } from '../errors/index.js';
import { discKey, isDiscPath } from './disc-path.js';
import { fileKind } from './file-content.js';
import { placeholderText } from './placeholder.js';
import type { MediaItem } from './types.js';

export interface MediaOptions {
  /** As the plan has them: their hashes went into its digest. */
  items: readonly MediaItem[];
  /** Where the files that are no placeholders lie, by path on the disc. */
  sources: ReadonlyMap<string, string>;
  /** Where the disc's files are written; made if it is not there. */
  folder: string;
  signal?: AbortSignal;
}

/**
 * Throws all problems of the files at once (E_MEDIA_*): one may have changed since it was planned. Or E_DISK_FULL, or
 * the reason of the signal.
 */
export async function prepareMedia({ items, sources, folder, signal }: MediaOptions): Promise<void> {
  const problems: LyncimgError[] = [];
  for (const item of eachOnce(items)) {
    try {
      const source = sources.get(item.path) ?? null;
      await prepareFile({ item, source, target: join(folder, item.path), signal });
    } catch (error) {
      if (!(error instanceof LyncimgError) || error.exitCode !== 2)
        throw fileFailure(error, join(folder, item.path));
      problems.push(error);
    }
  }
  if (problems.length > 0) throw new ProblemsError(problems);
}

/** Requirements of one layer may want the same file. Windows does not tell case apart, so nor is it here. */
function eachOnce(items: readonly MediaItem[]): MediaItem[] {
  const files = new Map<string, MediaItem>();
  for (const item of items) if (!files.has(discKey(item.path))) files.set(discKey(item.path), item);
  return [...files.values()];
}

interface FilePreparation {
  item: MediaItem;
  source: string | null;
  target: string;
  signal: AbortSignal | undefined;
}

async function prepareFile(preparation: FilePreparation): Promise<void> {
  const { item, target } = preparation;
  if (!isDiscPath(item.path)) throw fail('E_MEDIA_PATH', { path: item.path });
  await mkdir(dirname(target), { recursive: true });
  if (item.origin === 'placeholder') await writeFile(target, placeholderText(item));
  else await copyChecked(preparation);
}

/** Hashes what it copies: what lies on the disc is what the checksum was made of. */
async function copyChecked({ item, source, target, signal }: FilePreparation): Promise<void> {
  const { kind } = source === null ? { kind: 'absent' } : await fileKind(source);
  if (source === null || kind === 'absent') {
    const { path, title } = item;
    throw fail('E_MEDIA_MISSING', { path, title, at: source, published: null, url: null });
  }
  const hash = createHash('sha256');
  await pipeline(
    createReadStream(source),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(target),
    { ...(signal && { signal }) },
  ).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  const actual = hash.digest('hex');
  if (item.sha256 !== actual) {
    await rm(target, { force: true });
    throw fail('E_MEDIA_CHECKSUM', { path: source, expected: item.sha256, actual });
  }
}
