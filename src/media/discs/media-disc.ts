// The media disc: what the layers of a plan install from. It is named by its content and made once; every build that
// needs the same files takes the same disc.
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fail, fileFailure, LyncimgError, ProblemsError } from '../../errors/index.js';
import type { RunningTool } from '../../tools/index.js';
import { digestOf, sha256 } from '../../util/index.js';
import { fileKind, hashFile } from '../file-content.js';
import { placeholderText } from '../placeholder.js';
import type { MediaItem } from '../types.js';
import { caseKey } from './collisions.js';
import { discToolFor } from './disc-tool.js';
import { makeDisc } from './make-disc.js';
import { identityOf, type DiscEntry } from './stage.js';
import { removeAbandoned } from './work-folder.js';

const mediaDiscLabel = 'LYNCIMG_MEDIA';

/** Goes up when the same files make another disc: those that lie there are then made again. */
const formatVersion = 1;

export interface MediaDiscOptions {
  /** As the plan has them. */
  items: readonly MediaItem[];
  /** Where the files that are no placeholders lie, by path on the disc. */
  sources: ReadonlyMap<string, string>;
  /** Where media discs lie; made if it is not there. */
  folder: string;
  /** The whole environment of the tool, with the run's marker in it. */
  env: Record<string, string>;
  signal?: AbortSignal;
  onStarted?: (tool: RunningTool) => Promise<void>;
}

/**
 * Throws what can be known before anything is started: names and sizes that no disc takes, all at once, and a tool that
 * is not here (E_DISC_*).
 */
export async function checkMediaDisc({ items, env }: Pick<MediaDiscOptions, 'items' | 'env'>): Promise<void> {
  await discToolFor({ label: mediaDiscLabel, files: eachOnce(items), env });
}

/**
 * The path of the disc. It is made where it is not there, by one build or by two at once: each makes its own and moves
 * it into place, and both are the same. Throws what checkMediaDisc does, all problems of the files at once (E_MEDIA_*),
 * E_DISC_FAILED, E_DISC_SOURCE, E_DISK_FULL, E_FILE_ACCESS, or the reason of the signal.
 */
export async function ensureMediaDisc(options: MediaDiscOptions): Promise<string> {
  const { folder, sources, env, signal, onStarted } = options;
  const items = eachOnce(options.items);
  const file = join(folder, `${digestOfItems(items)}.iso`);
  await openFolder(folder);
  if (await isFile(file)) return file;
  const tool = await discToolFor({ label: mediaDiscLabel, files: items, env });
  const entries = await checkedEntries(items, sources, signal);
  await makeDisc({ tool, label: mediaDiscLabel, entries, file, secret: false, env, signal, onStarted });
  return file;
}

function digestOfItems(items: readonly MediaItem[]): string {
  return digestOf({ formatVersion, files: items.map(({ path, sha256 }) => [path, sha256]) });
}

/** In order of path. Two layers may want the same file; two different ones in one place are left for discFormat to refuse. */
function eachOnce(items: readonly MediaItem[]): MediaItem[] {
  const files = new Map<string, MediaItem>();
  for (const item of [...items].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const key = `${caseKey(item.path)}\n${item.sha256}`;
    if (!files.has(key)) files.set(key, item);
  }
  return [...files.values()];
}

async function checkedEntries(
  items: readonly MediaItem[],
  sources: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<DiscEntry[]> {
  const entries: DiscEntry[] = [];
  const problems: LyncimgError[] = [];
  for (const item of items) {
    try {
      entries.push(await checkedEntry(item, sources.get(item.path) ?? null, signal));
    } catch (error) {
      if (!(error instanceof LyncimgError) || signal?.aborted === true)
        throw fileFailure(error, sources.get(item.path) ?? item.path);
      problems.push(error);
    }
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return entries;
}

async function checkedEntry(
  item: MediaItem,
  source: string | null,
  signal: AbortSignal | undefined,
): Promise<DiscEntry> {
  const { path, title, sha256: expected } = item;
  if (item.origin === 'placeholder') {
    const content = placeholderText(item);
    const actual = sha256(content);
    if (actual !== expected) throw fail('E_MEDIA_CHECKSUM', { path, expected, actual });
    return { path, content };
  }
  const { kind } = source === null ? { kind: 'absent' } : await fileKind(source);
  if (source === null || kind === 'absent')
    throw fail('E_MEDIA_MISSING', { path, title, at: source, published: null, url: null });
  // First who it is, then what it holds: whatever changes from here on shows.
  const identity = await identityOf(source);
  const actual = await hashFile(source, signal);
  if (actual !== expected) throw fail('E_MEDIA_CHECKSUM', { path: source, expected, actual });
  return { path, source: resolve(source), identity };
}

/** Makes it, and clears up what killed builds left in it. */
async function openFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await removeAbandoned(folder);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw isTaken ? fail('E_FILE_ACCESS', { path: folder, reason: 'ENOTDIR' }) : fileFailure(error, folder);
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
}
