// `--trace FILE`: what the twin was asked, one JSON object a line. Requests are named, their content is not written:
// a module's arguments may hold secrets.
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { fail } from '../errors/index.js';
import type { Machine } from './machine.js';

export interface Trace {
  close(): Promise<void>;
}

export async function traceTo(machine: Machine, file: string): Promise<Trace> {
  // Opened first, so that a wrong path fails at the start and not somewhere in the run.
  const handle = await open(file, 'a', 0o600).catch((error: unknown) => {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw fail('E_TWIN_TRACE', { file, reason }, { where: { file }, cause: error });
  });
  const stream = createWriteStream('', { fd: handle });
  const write = (entry: Record<string, unknown>): void => {
    stream.write(`${JSON.stringify({ at: machine.now().toISOString(), ...entry })}\n`);
  };
  machine.events.on('trace', write);
  machine.events.on('journal', ({ text }) => {
    write({ type: 'journal', text });
  });
  return {
    async close() {
      machine.events.off('trace', write);
      stream.end();
      await finished(stream);
    },
  };
}
