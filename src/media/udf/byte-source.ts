// Bytes at a place: what the readers of a disc image and of a WIM read from, without mounting and without reading the
// rest.
import { open, type FileHandle } from 'node:fs/promises';
import { fail, type LyncimgError } from '../../errors/index.js';

export interface ByteSource {
  /** As the user knows it, for messages. */
  readonly name: string;
  readonly sizeBytes: number;
  /**
   * Exactly so many bytes, which the caller keeps within reason.
   * @param what is there, for the message where the source ends before
   */
  read(offset: number, length: number, what: string): Promise<Buffer>;
}

/** Opens a file, of which the size is known, for as long as `use` takes. Throws the reason of the signal. */
export async function withFile<T>(
  file: { path: string; sizeBytes: number },
  signal: AbortSignal | undefined,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const { path, sizeBytes } = file;
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(error, path);
  });
  try {
    return await use({
      name: path,
      sizeBytes,
      read: async (offset, length, what) => {
        signal?.throwIfAborted();
        if (offset + length > sizeBytes) throw cutShort({ name: path, sizeBytes }, what, offset + length);
        try {
          return await readFully(handle, offset, length);
        } catch (error) {
          throw unreadable(error, path);
        }
      },
    });
  } finally {
    await handle.close();
  }
}

export function cutShort(
  source: Pick<ByteSource, 'name' | 'sizeBytes'>,
  what: string,
  endsAt: number,
): LyncimgError {
  return fail('E_ISO_CUT_SHORT', { file: source.name, what, endsAt, sizeBytes: source.sizeBytes });
}

async function readFully(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) throw new Error('it became shorter while it was read');
    done += bytesRead;
  }
  return bytes;
}

function unreadable(error: unknown, file: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : message;
  return fail('E_FILE_UNREADABLE', { file, reason }, { cause: error });
}
