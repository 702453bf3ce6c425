// A workspace with files, for the tests of media.
import { expect } from 'chai';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProblemsError, type Checked, type LyncimgError } from '../../src/errors/index.js';
import type { LockEntry, MediaLock, WantedFile } from '../../src/media/types.js';
import { sha256 } from '../../src/util/index.js';

export const update: WantedFile = {
  path: 'hotfixes/Windows8.1-KB2919355-x64.msu',
  title: 'Windows Server 2012 R2 Update',
};

/** Writes a file below a folder. */
export async function put(folder: string, path: string, text: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

export function entry(location: string, text: string, more: Partial<LockEntry> = {}): LockEntry {
  return {
    location,
    sizeBytes: Buffer.byteLength(text),
    sha256: sha256(text),
    origin: 'added',
    addedAt: '2026-11-23T10:00:00.000Z',
    ...more,
  };
}

export function lockOf(folder: string, files: Record<string, LockEntry> = {}): MediaLock {
  return { folder, files: new Map(Object.entries(files)) };
}

export function problemsOf(checked: Checked<unknown>): readonly LyncimgError[] {
  if (checked.ok) throw new Error('there are no problems');
  return checked.problems;
}

export function codesOf(checked: Checked<unknown>): string[] {
  return problemsOf(checked).map(({ code }) => code);
}

export async function codesThrown(promise: Promise<unknown>): Promise<string[]> {
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).to.be.instanceOf(ProblemsError);
  return (error as ProblemsError).problems.map(({ code }) => code);
}
