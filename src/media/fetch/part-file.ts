// What arrived of a file, and by what the server can tell whether it still has the same one: a later attempt, or a later
// run, goes on from there.
import { readFile, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomic } from '../../util/index.js';

const noteSchema = z.strictObject({
  url: z.string(),
  /** A strong ETag, or Last-Modified: RFC 9110, 13.1.5. */
  validator: z.string().regex(/^[\x20-\x7e]+$/),
});

/** Bytes that may be gone on from, and the server's word for that version of the file. */
export interface Beginning {
  bytes: number;
  validator: string;
}

export class PartFile {
  readonly path: string;
  readonly #note: string;
  readonly #url: string;

  constructor(target: string, url: string) {
    this.path = `${target}.part`;
    this.#note = `${target}.part.json`;
    this.#url = url;
  }

  /** Null where there is nothing, or nothing that could be told apart from another version. */
  async beginning(): Promise<Beginning | null> {
    try {
      const { size } = await stat(this.path);
      const { url, validator } = noteSchema.parse(JSON.parse(await readFile(this.#note, 'utf8')));
      return size > 0 && url === this.#url ? { bytes: size, validator } : null;
    } catch {
      return null;
    }
  }

  /** @param validator null where the server names none: then nothing can be gone on from */
  async begin(validator: string | null): Promise<void> {
    await this.remove();
    if (validator !== null)
      await writeFileAtomic(this.#note, `${JSON.stringify({ url: this.#url, validator })}\n`);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    await this.removeNote();
  }

  async removeNote(): Promise<void> {
    await rm(this.#note, { force: true });
  }
}
