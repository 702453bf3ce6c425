// The files that `verify` writes beside its table. They are tried before the machine is asked, because verdicts that
// took a minute should not be lost to a mistyped folder.
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail } from '../errors/index.js';
import { writeFileAtomic } from '../util/index.js';

/** Throws E_VERIFY_OUTPUT for the first file that could not be written. */
export async function checkReportFiles(paths: readonly (string | undefined)[]): Promise<void> {
  for (const path of paths) {
    if (path === undefined) continue;
    try {
      await access(dirname(path), constants.W_OK);
      // Written by renaming over the old file: that would put a file in the place of a device or pipe.
      const old = await stat(path).catch(() => undefined);
      if (old !== undefined && !old.isFile()) throw new Error('it is no file');
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }
}

/** Whole or not at all. */
export async function writeReportFile(path: string | undefined, text: () => string): Promise<void> {
  if (path === undefined) return;
  try {
    await writeFileAtomic(path, text());
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** As every document of lyncimg is written: indented, with an end of line. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function cannotWrite(file: string, error: unknown): Error {
  return fail('E_VERIFY_OUTPUT', { reason: (error as Error).message }, { where: { file }, cause: error });
}
