// What a file is by its content.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fail, LyncimgError } from '../errors/index.js';
import { beginsAsPlaceholder } from './placeholder.js';

/** What lies at a path, by its size and first bytes alone. */
export type FileKind = { kind: 'absent' } | { kind: 'file' | 'placeholder'; sizeBytes: number };

/** Throws E_FILE_UNREADABLE for a folder and for what the user may not read. */
export async function fileKind(path: string): Promise<FileKind> {
  try {
    // Asked before it is opened: opening a pipe waits for a writer.
    const status = await stat(path);
    if (!status.isFile()) throw unreadable(path, status.isDirectory() ? 'it is a folder' : 'it is no file');
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
      const isPlaceholder = beginsAsPlaceholder(buffer.subarray(0, bytesRead));
      return { kind: isPlaceholder ? 'placeholder' : 'file', sizeBytes: status.size };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
    throw readingFailure(error, path);
  }
}

/** Lower-case hex SHA-256 of a whole file. Throws E_FILE_UNREADABLE, or the reason of the signal. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    const bytes = createReadStream(path, { highWaterMark: 1024 * 1024, ...(signal && { signal }) });
    for await (const chunk of bytes) hash.update(chunk as Buffer);
  } catch (error) {
    signal?.throwIfAborted();
    throw readingFailure(error, path);
  }
  return hash.digest('hex');
}

function readingFailure(error: unknown, path: string): unknown {
  if (error instanceof LyncimgError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return unreadable(path, code === 'EACCES' || code === 'EPERM' ? 'permission denied' : message);
}

function unreadable(file: string, reason: string): Error {
  return fail('E_FILE_UNREADABLE', { file, reason });
}
