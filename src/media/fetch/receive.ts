// One attempt: ask, going on from what is there where the server lets it, and write what comes.
import { createWriteStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { fail, fileFailure, LyncimgError } from '../../errors/index.js';
import { Broken, brokenBy, openAddress, type Answer } from './open-address.js';
import type { Beginning, PartFile } from './part-file.js';
import { shownAddress, shownText } from './shown.js';
import type { Download } from './types.js';

/** Larger than any installation media: where no size is known nobody fills the disk. */
const largest = 16 * 1024 ** 3;

/** Says whether it went on from an earlier attempt. Throws Broken, E_FETCH_*, a file's failure or the signal's reason. */
export async function receive(download: Download, part: PartFile): Promise<{ resumed: boolean }> {
  const before = await part.beginning();
  const answer = await openAddress(download, before === null ? {} : rangeOf(before));
  try {
    if (before === null || (answer.status !== 206 && answer.status !== 416)) {
      await write(download, part, answer, null);
      return { resumed: false };
    }
    if (answer.status === 416 && wholeSize(answer.headers) === before.bytes) return { resumed: true };
    if (!goesOn(answer, before)) {
      await part.remove();
      throw new Broken('the server could not go on from there');
    }
    await write(download, part, answer, before);
    return { resumed: true };
  } finally {
    answer.body.destroy();
  }
}

function rangeOf({ bytes, validator }: Beginning): Record<string, string> {
  return { range: `bytes=${bytes}-`, 'if-range': validator };
}

/** A part has to be of the same version and begin where it was asked to. */
function goesOn({ status, headers }: Answer, { bytes, validator }: Beginning): boolean {
  const start = /^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1];
  const version = headers.etag ?? headers['last-modified'] ?? validator;
  return status === 206 && start === String(bytes) && version === validator;
}

/** @param before what the answer goes on from; null where it is the whole file */
async function write(
  download: Download,
  part: PartFile,
  answer: Answer,
  before: Beginning | null,
): Promise<void> {
  const { path, tell, sizeBytes, line, signal } = download;
  refuse(download, answer, before !== null);
  const from = before?.bytes ?? 0;
  const total = before === null ? lengthOf(answer.headers) : wholeSize(answer.headers);
  if (sizeBytes !== null && total !== null && total !== sizeBytes) throw wrongSize(download, String(total));
  if (before === null) await part.begin(validatorOf(answer.headers));
  tell({ type: 'started', path, from, total: total ?? sizeBytes });

  const limit = sizeBytes ?? largest;
  let bytes = from;
  const count = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limit) throw wrongSize(download, `more than ${limit}`);
      tell({ type: 'progress', path, bytes, total: total ?? sizeBytes });
      yield chunk;
    }
  };
  answer.body.setTimeout(line.idleTimeoutMs, () => {
    answer.body.destroy(new Broken(`nothing came for ${line.idleTimeoutMs / 1000} s`));
  });
  const file = createWriteStream(part.path, { flags: before === null ? 'w' : 'a' });
  try {
    await pipeline(answer.body, count, file, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LyncimgError) throw error;
    const known = fileFailure(error, part.path);
    throw known instanceof LyncimgError ? known : brokenBy(error);
  }
  if (bytes < (total ?? sizeBytes ?? 0)) throw new Broken('the connection was broken off');
}

/** What is no file of that sort is not worth a byte. */
function refuse({ path }: Download, answer: Answer, expectsPart: boolean): void {
  const { status, headers } = answer;
  const url = shownAddress(answer.url);
  if (status >= 500 || status === 429 || status === 408) throw new Broken(`HTTP status ${status}`);
  if (status === 206 && !expectsPart)
    throw fail('E_FETCH_ANSWER', { path, url, why: 'answers with a part that nobody asked for' });
  if (status !== 200 && status !== 206) throw fail('E_FETCH_STATUS', { path, url, status });
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw fail('E_FETCH_ANSWER', {
      path,
      url,
      why: `answers in an encoding that was not asked for (${shownText(encoding)})`,
    });
  if (/^text\/html\b/i.test(headers['content-type'] ?? ''))
    throw fail('E_FETCH_ANSWER', { path, url, why: 'answers with a web page instead of the file' });
}

function wrongSize({ path, url, sizeBytes }: Download, actual: string): Error {
  return fail('E_FETCH_SIZE', { path, url: shownAddress(url), expected: sizeBytes ?? largest, actual });
}

function lengthOf(headers: IncomingHttpHeaders): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

/** `bytes 100-199/200`, or with a star where there is no such range; null where the server does not know. */
function wholeSize(headers: IncomingHttpHeaders): number | null {
  const size = /^bytes .*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
  return size === undefined ? null : Number(size);
}

/** A weak ETag says that two versions mean the same, not that their bytes are the same. */
function validatorOf({ etag, 'last-modified': lastModified }: IncomingHttpHeaders): string | null {
  if (etag !== undefined) return etag.startsWith('W/') ? null : etag;
  return lastModified ?? null;
}
