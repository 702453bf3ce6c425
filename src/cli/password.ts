// Where a password comes from: a file, the environment, or a person at a terminal. Never from argv, where every user
// of the machine could read it, and never into a message.
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import { fail } from '../errors/index.js';

export interface PasswordOptions {
  /** Whose password it is, for the prompt and for messages. */
  user: string;
  /** From `--password-file`. What is said on purpose goes before the environment. */
  file: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Asked only when it is a terminal. */
  input: Readable & { isTTY?: boolean };
  /** The prompt, and advice: not the place of the result. */
  stderr: Writable;
  signal?: AbortSignal;
}

// Longer than any password of Windows (127 characters by its own dialog, 256 by NTLM) in four-byte characters.
const longestBytes = 1024;

/** Throws E_PASSWORD_FILE and E_PASSWORD_MISSING. Waits for a person only where there is one. */
export async function readPassword(options: PasswordOptions): Promise<string> {
  if (options.file !== undefined) return readPasswordFile(options.file, options.stderr);
  const fromEnvironment = options.env['LYNCIMG_PASSWORD'];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  if (options.input.isTTY !== true) throw fail('E_PASSWORD_MISSING', { user: options.user });
  options.signal?.throwIfAborted();
  return promptForPassword(options);
}

async function readPasswordFile(path: string, stderr: Writable): Promise<string> {
  const bad = (reason: string, cause?: unknown): Error =>
    fail('E_PASSWORD_FILE', { reason }, { where: { file: path }, cause });
  let bytes: Buffer;
  let isOpenToAll: boolean;
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) throw new Error('it is a folder');
      // Checked on what was opened, not on the path, which may be another file by now. A pipe (`<(pass show …)`) has
      // no lasting mode.
      isOpenToAll = stat.isFile() && (stat.mode & 0o004) !== 0;
      bytes = await readUpTo(file, longestBytes + 1);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error), error);
  }
  if (bytes.length > longestBytes) throw bad(`it is longer than ${longestBytes} bytes`);
  const password = decode(bytes)?.replace(/\r?\n$/, '');
  if (password === undefined) throw bad('it is not UTF-8');
  if (password === '') throw bad('it is empty');
  // eslint-disable-next-line no-control-regex -- NUL is what is looked for
  if (/[\r\n\u0000]/.test(password)) throw bad('it holds more than one line');
  // A warning and no error: container platforms mount secrets with mode 0444, and the user cannot change it.
  if (isOpenToAll)
    stderr.write(
      `Every user of this machine can read ${path}; 'chmod 600' keeps the password to yourself.\n`,
    );
  return password;
}

async function readUpTo(file: Awaited<ReturnType<typeof open>>, limit: number): Promise<Buffer> {
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit) {
    // A null position reads on from where the last read ended: a pipe knows no other way.
    const { bytesRead } = await file.read(buffer, length, limit - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Readline edits the line (backspace, paste, Ctrl-U) and writes its echo into nothing. */
function promptForPassword({ user, input, stderr, signal }: PasswordOptions): Promise<string> {
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  stderr.write(`Password of ${user}: `);
  const reader = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  return new Promise<string>((resolve, reject) => {
    let result: () => void = () => {
      reject(fail('E_PASSWORD_MISSING', { user }));
    };
    // In raw mode the terminal sends Ctrl-C as a character, so no signal comes by itself.
    const interrupted = (): void => {
      result = () => {
        reject(fail('E_INTERRUPTED', { state: 'Nothing was asked of the machine.' }));
      };
      reader.close();
    };
    signal?.addEventListener('abort', interrupted, { once: true });
    reader.once('SIGINT', interrupted);
    reader.once('line', (line) => {
      if (line !== '')
        result = () => {
          resolve(line);
        };
      reader.close();
    });
    reader.once('close', () => {
      signal?.removeEventListener('abort', interrupted);
      stderr.write('\n');
      result();
    });
  });
}
