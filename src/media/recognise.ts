// Which of the known files a file is: by its content, else by the names that Microsoft gives it.
import { basename } from 'node:path';
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import { nearest } from '../util/index.js';
import { discKey, discName } from './disc-path.js';
import type { WantedFile } from './types.js';

/** A file that is to be recognised. */
export interface Candidate {
  /** As the user typed it. */
  file: string;
  sha256: string;
  sizeBytes: number;
}

export type RecognisedBy = 'hash' | 'name' | 'KB number' | '--as';

export interface Recognised {
  /** Every place on the disc that it belongs to; never empty, and one unless its hash is known for several. */
  files: WantedFile[];
  by: RecognisedBy;
}

/** @param as the path on the disc that the user says it is; null to find out */
export function recognise(
  candidate: Candidate,
  known: readonly WantedFile[],
  as: string | null,
): Checked<Recognised> {
  if (as !== null) return saidToBe(candidate, known, as);
  const same = known.filter(({ sha256 }) => sha256?.toLowerCase() === candidate.sha256);
  if (same.length > 0) return ok({ files: same, by: 'hash' });
  const name = basename(candidate.file);
  for (const [by, matches] of ways) {
    const alike = known.filter(({ path }) => matches(name, discName(path)));
    if (alike.length > 0) return chosen(candidate, alike, by);
  }
  const near = nearest(plainName(name), [...new Set(known.map(({ path }) => discName(path)))]);
  return problems([fail('E_MEDIA_UNKNOWN', { file: candidate.file, near })]);
}

function saidToBe(candidate: Candidate, known: readonly WantedFile[], as: string): Checked<Recognised> {
  const path = as.replaceAll('\\', '/');
  const meant = known.filter((one) => discKey(one.path) === discKey(path));
  if (meant.length > 0) return chosen(candidate, meant, '--as');
  const near = nearest(path, [...new Set(known.map((one) => one.path))]);
  return problems([fail('E_MEDIA_AS_UNKNOWN', { path: as, near })]);
}

/** Of several operating systems one path may hold different files: any of their hashes will do. */
function chosen(candidate: Candidate, alike: readonly WantedFile[], by: RecognisedBy): Checked<Recognised> {
  const [first, ...others] = alike;
  if (first === undefined) throw new Error('nothing to choose from');
  if (others.some(({ path }) => discKey(path) !== discKey(first.path))) {
    const paths = [...new Set(alike.map(({ path }) => path))].sort();
    return problems([fail('E_MEDIA_AMBIGUOUS', { file: candidate.file, paths })]);
  }
  const found = alike.map((file) => mismatch(candidate, file));
  const at = found.indexOf(null);
  const fitting = alike[at];
  if (fitting !== undefined) return ok({ files: [fitting], by });
  return problems(found.filter((one) => one !== null).slice(0, 1));
}

function mismatch({ file, sha256, sizeBytes }: Candidate, wanted: WantedFile): LyncimgError | null {
  const expected = wanted.sha256?.toLowerCase();
  if (expected !== undefined && expected !== sha256)
    return fail('E_MEDIA_CHECKSUM', { path: file, expected, actual: sha256 });
  if (wanted.sizeBytes !== undefined && wanted.sizeBytes !== sizeBytes)
    return fail('E_MEDIA_SIZE', { path: file, expected: wanted.sizeBytes, actual: sizeBytes });
  return null;
}

const ways: readonly [RecognisedBy, (name: string, known: string) => boolean][] = [
  ['name', (name, known) => discKey(name) === discKey(known) || plainName(name) === plainName(known)],
  ['KB number', (name, known) => updateOf(name) !== null && updateOf(name) === updateOf(known)],
];

/**
 * Without what the Microsoft Update Catalog puts behind a name (the SHA-1 of the file, forty digits) and what a browser
 * does with a second download (` (1)`).
 */
function plainName(name: string): string {
  return discKey(name).replace(/(?:_[0-9a-f]{40})?(?: \(\d+\))?(?=\.[^.]+$)/, '');
}

/**
 * What tells updates apart: Windows, KB number, edition of the update (`-v3`), architecture and sort of file. One number
 * may have a file for each Windows, and a new edition takes the place of an older one.
 */
function updateOf(name: string): string | null {
  const parts =
    /^(windows[\d.]+(?:-rt)?)-(kb\d+)(-v\d+)?(?:-.*)?-(x64|x86|ia64|arm)\b.*\.(msu|cab|exe)$/.exec(
      plainName(name),
    );
  return parts === null ? null : parts.slice(1).join(' ');
}
