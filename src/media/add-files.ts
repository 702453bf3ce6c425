// media add: from files that a user has to entries of the lock.
import { resolve } from 'node:path';
import { fail, LyncimgError, ok, problems, type Checked } from '../errors/index.js';
import { discKey } from './disc-path.js';
import { fileKind, hashFile } from './file-content.js';
import { entryOf, locationOf, withEntry } from './lock-file.js';
import { recognise, type Candidate, type RecognisedBy } from './recognise.js';
import type { LockEntry, MediaLock, WantedFile } from './types.js';

export interface AddedFile {
  /** As the user typed it. */
  file: string;
  /** On the disc. */
  path: string;
  title: string;
  sizeBytes: number;
  sha256: string;
  recognisedBy: RecognisedBy;
  /** False where nobody says what its hash should be, so that only its name speaks for it. */
  hashKnown: boolean;
  outcome: 'added' | 'replaced' | 'unchanged';
}

export interface AddOptions {
  files: readonly string[];
  /** Path on the disc of the one file; null to find out. */
  as: string | null;
  /** Every file that any role needs on any operating system. */
  known: readonly WantedFile[];
  lock: MediaLock;
  /** Names of files are relative to it. */
  folder: string;
  now: Date;
  signal: AbortSignal;
}

/** The lock with all of them, or what is wrong with each; nothing is written here. */
export async function addFiles(
  options: AddOptions,
): Promise<Checked<{ lock: MediaLock; added: AddedFile[] }>> {
  const found: LyncimgError[] = [];
  const added: AddedFile[] = [];
  let { lock } = options;
  for (const file of options.files) {
    const recognised = await recogniseFile(file, options);
    if (!recognised.ok) {
      found.push(...recognised.problems);
      continue;
    }
    const { candidate, files, by } = recognised.value;
    for (const wanted of files) {
      const earlier = added.find(({ path }) => discKey(path) === discKey(wanted.path));
      if (earlier !== undefined && earlier.sha256 !== candidate.sha256) {
        found.push(fail('E_MEDIA_TWICE', { path: wanted.path, files: [earlier.file, file] }));
        continue;
      }
      const entry = entryFor(candidate, options);
      added.push({
        ...candidate,
        path: wanted.path,
        title: wanted.title,
        recognisedBy: by,
        hashKnown: wanted.sha256 !== undefined,
        outcome: outcomeOf(entryOf(options.lock, wanted.path), entry),
      });
      lock = withUnlessSame(lock, wanted.path, entry);
    }
  }
  return found.length > 0 ? problems(found) : ok({ lock, added });
}

async function recogniseFile(
  file: string,
  { folder, known, as, signal }: AddOptions,
): Promise<Checked<{ candidate: Candidate; files: WantedFile[]; by: RecognisedBy }>> {
  const path = resolve(folder, file);
  try {
    const found = await fileKind(path);
    if (found.kind === 'absent') throw fail('E_FILE_UNREADABLE', { file, reason: 'it does not exist' });
    if (found.kind === 'placeholder') throw fail('E_MEDIA_PLACEHOLDER', { path: file });
    const candidate = { file, sizeBytes: found.sizeBytes, sha256: await hashFile(path, signal) };
    const recognised = recognise(candidate, known, as);
    return recognised.ok ? ok({ candidate, ...recognised.value }) : recognised;
  } catch (error) {
    if (!(error instanceof LyncimgError) || signal.aborted) throw error;
    return problems([error]);
  }
}

function entryFor({ file, sizeBytes, sha256 }: Candidate, { lock, folder, now }: AddOptions): LockEntry {
  const location = locationOf(lock, resolve(folder, file));
  return { location, sizeBytes, sha256, origin: 'added', addedAt: now.toISOString() };
}

function outcomeOf(before: LockEntry | undefined, entry: LockEntry): AddedFile['outcome'] {
  if (before === undefined) return 'added';
  return sameFile(before, entry) ? 'unchanged' : 'replaced';
}

/** What is recorded already keeps the moment and the origin of its first time. */
function withUnlessSame(lock: MediaLock, path: string, entry: LockEntry): MediaLock {
  const before = entryOf(lock, path);
  return before !== undefined && sameFile(before, entry) ? lock : withEntry(lock, path, entry);
}

function sameFile(a: LockEntry, b: LockEntry): boolean {
  return a.location === b.location && a.sha256 === b.sha256;
}
