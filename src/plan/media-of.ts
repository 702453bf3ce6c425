import { kindOf, type MediaFile, type Requirement } from '../requirements/index.js';
import type { KindLookup } from './kinds.js';

/** The files that installing these needs, by path, each once. What only a machine can have installs nothing. */
export function mediaOf(requirements: readonly Requirement[], kinds: KindLookup = kindOf): MediaFile[] {
  const files = requirements
    .filter(({ stage }) => stage === 'image')
    .flatMap(({ kind, spec }) => kinds(kind)?.media?.(spec) ?? []);
  const byPath = new Map(files.map((file) => [file.path, file]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
