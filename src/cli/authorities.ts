import { readFile } from 'node:fs/promises';
import { fail } from '../errors/index.js';

/** The text of the file given with --ca-file; whether it holds certificates is checked where it is used (E_WSMAN_CA). */
export async function readAuthorities(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fail('E_CA_FILE', { reason: (error as Error).message }, { where: { file: path } });
  }
}
