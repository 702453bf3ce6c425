// What tells one Windows medium from another, without reading all of it: another one makes another layer.
import type { WindowsChoice } from '../catalog/index.js';
import { readWindowsMedia } from '../media/index.js';
import { digestOf } from '../util/index.js';

/** Its SHA-256 where lyncimg.yaml says it, else a digest of what it says of itself; null where none is given. */
export async function mediumIdentity(
  { iso, sha256 }: Pick<WindowsChoice, 'iso' | 'sha256'>,
  signal: AbortSignal,
): Promise<string | null> {
  if (sha256 !== null || iso === null) return sha256;
  return digestOf(await readWindowsMedia(iso, { signal }));
}
