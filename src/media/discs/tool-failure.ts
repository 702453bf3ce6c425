// Why a tool that makes discs failed, in its own last words.
import { fail, fileFailure } from '../../errors/index.js';
import type { ToolEnded } from '../../tools/index.js';
import { shownText } from '../fetch/shown.js';

export interface FailedDisc {
  /** Absolute path of the program. */
  tool: string;
  /** The disc that was to be made. */
  file: string;
}

const lastWords = 3;
const longestWord = 300;

/** E_DISK_FULL where it says so, else E_DISC_FAILED. */
export function toolFailure(
  { exitCode, signal, tail }: Pick<ToolEnded, 'exitCode' | 'signal' | 'tail'>,
  { tool, file }: FailedDisc,
): unknown {
  const full = tail.map(fullDisk).find((code) => code !== null);
  if (full !== undefined) return fileFailure(Object.assign(new Error(full), { code: full }), file);
  const how = exitCode === null ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${exitCode}`;
  const said = tail
    .filter((line) => line.trim() !== '' && !isIdle(line))
    .slice(-lastWords)
    .map((line) => shownText(line).slice(0, longestWord));
  return fail('E_DISC_FAILED', { tool, file, how, said });
}

/** The tool was content, and there is no disc. */
export function noDisc(failed: FailedDisc): Error {
  return fail('E_DISC_FAILED', { ...failed, how: 'ended well and left no disc', said: [] });
}

function fullDisk(line: string): string | null {
  // The second is xorriso's own, which looks before it writes.
  if (/No space left on device|exceeds free space on media/.test(line)) return 'ENOSPC';
  return line.includes('Disk quota exceeded') ? 'EDQUOT' : null;
}

/** What xorriso says of itself each time. */
function isIdle(line: string): boolean {
  return /^xorriso (\d|: NOTE)/.test(line);
}
