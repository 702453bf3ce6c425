// The packages that are for one operating system, found by id or KB number without regard to case.
import type { PackageCatalogue, PackageEntry } from '../requirements/index.js';
import { nearest } from '../util/index.js';

export function packageCatalogue(entries: readonly PackageEntry[]): PackageCatalogue {
  const byName = new Map<string, PackageEntry>();
  for (const entry of entries) {
    if (entry.kb !== null) byName.set(entry.kb.toLowerCase(), entry);
  }
  // An id is one package's own; several may carry one KB number.
  for (const entry of entries) byName.set(entry.id.toLowerCase(), entry);
  return {
    find: (id) => byName.get(id.toLowerCase()),
    near: (id) =>
      nearest(
        id,
        entries.map((entry) => entry.id),
      ),
    all: () => entries,
  };
}
