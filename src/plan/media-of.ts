import { kindOf, type MediaFile, type Requirement } from '../requirements/index.js';
import type { KindLookup } from './kinds.js';

const payloads = 'sources/';

/**
 * The files that installing these needs, by path, each once. What only a machine can have installs nothing. Payloads
 * that the guest finds elsewhere are no business of the media disc.
 */
export function mediaOf(
  requirements: readonly Requirement[],
  netfx3Source: string | null,
  kinds: KindLookup = kindOf,
): MediaFile[] {
  const files = requirements
    .filter(({ stage }) => stage === 'image')
    .flatMap(({ kind, spec }) => kinds(kind)?.media?.(spec) ?? [])
    .filter(({ path }) => netfx3Source === null || !path.startsWith(payloads));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
