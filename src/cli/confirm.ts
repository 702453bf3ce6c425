// Asks a person at a terminal for leave. Anything but a yes is a no, and so is the end of the input.
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface Confirmation {
  /** Ends with a question mark. */
  question: string;
  input: Readable;
  /** The prompt: not the place of the result. */
  stderr: Writable;
  /** Its reason is thrown. */
  signal: AbortSignal;
}

export async function confirm({ question, input, stderr, signal }: Confirmation): Promise<boolean> {
  signal.throwIfAborted();
  stderr.write(`${question} [y/N] `);
  // The terminal edits the line by itself, and turns Ctrl-C into a signal.
  const reader = createInterface({ input, terminal: false });
  const stop = (): void => {
    reader.close();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await new Promise<string>((resolve) => {
      reader.once('line', resolve);
      reader.once('close', () => {
        resolve('');
      });
    });
    signal.throwIfAborted();
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    signal.removeEventListener('abort', stop);
    reader.close();
  }
}
