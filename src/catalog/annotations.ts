// The notes that stand beside a role, a requirement or a package: ids become what they name.
import { fail, type LyncimgError } from '../errors/index.js';
import { nearest } from '../util/index.js';
import type { Annotations } from './model.js';
import type { Notes } from './notes-file.js';
import type { Sources } from './sources-file.js';
import type { Path, YamlFile } from './yaml-file.js';

/** What files of the catalogue may name by id. */
export interface References {
  sources: Sources;
  notes: Notes;
}

interface Given {
  notes?: string[] | undefined;
  pitfalls?: string[] | undefined;
  conflicts?: string[] | undefined;
}

export function readAnnotations(
  place: { file: YamlFile; path: Path; notes: Notes },
  given: Given,
): { annotations: Annotations; problems: LyncimgError[] } {
  const found: LyncimgError[] = [];
  const named = <T>(key: 'pitfalls' | 'conflicts', known: ReadonlyMap<string, T>): T[] =>
    (given[key] ?? []).flatMap((id, index) => {
      const one = known.get(id);
      if (one === undefined && !place.notes.open) {
        const where = place.file.at([...place.path, key, index]);
        found.push(
          fail('E_NOTE_UNKNOWN', { note: id, kind: key, near: nearest(id, known.keys()) }, { where }),
        );
      }
      return one ?? [];
    });
  const annotations = {
    notes: given.notes ?? [],
    pitfalls: named('pitfalls', place.notes.pitfalls),
    conflicts: named('conflicts', place.notes.conflicts),
  };
  return { annotations, problems: found };
}
