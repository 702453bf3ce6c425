// A download that goes on after a break, and is kept only if it is the file that was meant.
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fail, fileFailure, LyncimgError } from '../../errors/index.js';
import { hashFile } from '../file-content.js';
import { Broken } from './open-address.js';
import { PartFile } from './part-file.js';
import { receive } from './receive.js';
import { shownAddress } from './shown.js';
import type { Download } from './types.js';

export interface Downloaded {
  sha256: string;
  sizeBytes: number;
}

/**
 * Leaves the whole, checked file at `target`, or throws: E_FETCH_*, E_DISK_FULL, E_FILE_ACCESS, the signal's reason.
 * What arrived before a break or an interruption is kept, to go on from; what is not the file is not.
 */
export async function download(given: Download): Promise<Downloaded> {
  const part = new PartFile(given.target, given.url);
  const time = AbortSignal.timeout(given.line.totalTimeoutMs);
  const job = { ...given, signal: AbortSignal.any([given.signal, time]) };
  try {
    await mkdir(dirname(given.target), { recursive: true });
    const resumed = await inAttempts(job, part);
    const done = await checked(job, part, resumed);
    await publish(part, given.target);
    return done;
  } catch (error) {
    given.signal.throwIfAborted();
    if (time.aborted)
      throw brokenOff(given, `it took longer than ${given.line.totalTimeoutMs / 3_600_000} h`, 1);
    if (error instanceof LyncimgError && endsForGood.has(error.code)) await part.remove();
    throw fileFailure(error, part.path);
  }
}

const endsForGood: ReadonlySet<string> = new Set(['E_FETCH_SIZE', 'E_FETCH_CHECKSUM', 'E_FETCH_ANSWER']);

/** Says whether what is there now came of more than one answer. */
async function inAttempts(job: Download, part: PartFile): Promise<boolean> {
  const { line, path, signal, tell } = job;
  for (let attempt = 1; ; attempt++) {
    try {
      return (await receive(job, part)).resumed;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      const pauseMs = line.pausesMs[attempt - 1];
      if (pauseMs === undefined) throw brokenOff(job, error.message, attempt);
      tell({ type: 'broke-off', path, reason: error.message, pauseMs });
      await pause(pauseMs, undefined, { signal });
    }
  }
}

/**
 * A file of two parts may be of two versions, if the server did not tell them apart: then once more from the start.
 * @param again whether this is that second time, after which nothing is asked for any more: the server may lie each time
 */
async function checked(job: Download, part: PartFile, resumed: boolean, again = false): Promise<Downloaded> {
  const { path, url, sha256: expected, signal } = job;
  const sha256 = await hashFile(part.path, signal);
  if (expected === null || expected === sha256) return { sha256, sizeBytes: (await stat(part.path)).size };
  await part.remove();
  if (again || !resumed)
    throw fail('E_FETCH_CHECKSUM', { path, url: shownAddress(url), expected, actual: sha256 });
  return checked(job, part, await inAttempts(job, part), true);
}

/** On the disk before it has its name: what is there under that name is whole. */
async function publish(part: PartFile, target: string): Promise<void> {
  const file = await open(part.path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part.path, target);
  await part.removeNote();
}

function brokenOff({ path, url, line }: Download, reason: string, attempts: number): Error {
  return fail('E_FETCH_BROKEN', { path, url: shownAddress(url), reason, attempts, proxy: line.proxy });
}
