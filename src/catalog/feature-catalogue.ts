// The features of one operating system, found without regard to case, as Windows finds them.
import type { FeatureCatalogue, FeatureEntry } from '../requirements/index.js';
import { nearest } from '../util/index.js';

export function featureCatalogue(entries: readonly FeatureEntry[]): FeatureCatalogue {
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  return {
    find: (name) => byName.get(name.toLowerCase()),
    near: (name) =>
      nearest(
        name,
        entries.map((entry) => entry.name),
      ),
    all: () => entries,
  };
}
