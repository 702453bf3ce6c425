// The facts that `verify --save-facts` kept, to be judged again.
import { readFile, stat } from 'node:fs/promises';
import { fail, orThrow } from '../errors/index.js';
import { factsFromText, type HostFacts } from '../verify/index.js';

// A host's facts are some 100 KB; more than this is no file of ours, or of more hosts than one run asks.
const longestBytes = 256 * 1024 * 1024;

/** Throws E_VERIFY_FACTS, every wrong line at once. */
export async function readFacts(file: string): Promise<HostFacts[]> {
  let text: string;
  try {
    if ((await stat(file)).size > longestBytes) throw new Error(`it is larger than ${longestBytes} bytes`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw fail('E_VERIFY_FACTS', { reason: (error as Error).message }, { where: { file }, cause: error });
  }
  return orThrow(factsFromText(text, file));
}
