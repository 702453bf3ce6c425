// Reading of text files, with a limit: what a user points at may be anything.
import { open } from 'node:fs/promises';
import { fail, ok, problems, type Checked, type SourceText } from '../errors/index.js';

/**
 * No role or workspace file comes near it; the longest list of features has 90 kB. The time that YAML takes grows with
 * the square of the keys in one mapping: this much of them is read in a second.
 */
export const limitBytes = 128 * 1024;

/** UTF-8 text with Unix line ends and without a byte order mark. `name` is how the file is called in messages. */
export async function readText(path: string, name: string): Promise<Checked<SourceText>> {
  const where = { file: name };
  try {
    const file = await open(path, 'r');
    try {
      const { size: sizeBytes } = await file.stat();
      if (sizeBytes > limitBytes)
        return problems([fail('E_FILE_TOO_LARGE', { file: name, sizeBytes, limitBytes }, { where })]);
      // One byte more than allowed is read, because the size of a pipe or a growing file says nothing.
      const buffer = new Uint8Array(limitBytes + 1);
      const length = await readAll(file, buffer);
      if (length > limitBytes)
        return problems([fail('E_FILE_TOO_LARGE', { file: name, sizeBytes: length, limitBytes }, { where })]);
      const text = new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, length));
      return ok({ file: name, text: text.replaceAll('\r\n', '\n') });
    } finally {
      await file.close();
    }
  } catch (error) {
    return problems([fail('E_FILE_UNREADABLE', { file: name, ...reasonOf(error) }, { where })]);
  }
}

async function readAll(file: Awaited<ReturnType<typeof open>>, buffer: Uint8Array): Promise<number> {
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) return length;
    length += bytesRead;
  }
}

function reasonOf(error: unknown): { reason: string; hint?: string } {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? { reason: message };
}

const reasons: Readonly<Record<string, { reason: string; hint: string }>> = {
  ENOENT: { reason: 'it does not exist', hint: 'Check the path; it is taken from the current folder.' },
  EISDIR: { reason: 'it is a folder', hint: 'Name a file in it.' },
  EACCES: { reason: 'permission denied', hint: 'Let your user read it: chmod u+r, or chown.' },
  ERR_ENCODING_INVALID_ENCODED_DATA: { reason: 'it is not UTF-8 text', hint: 'Save it as UTF-8.' },
};
