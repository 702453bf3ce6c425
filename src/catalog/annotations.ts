// The notes that stand beside a role, a requirement or a package: ids become what they name.
import { fail, type LyncimgError } from '../errors/index.js';
import type { Source } from '../requirements/index.js';
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

/** The documents of a list of ids, and what is wrong with it. */
export function readSourceIds(
  place: { file: YamlFile; path: Path; sources: Sources },
  ids: readonly string[] | undefined,
): { list: Source[]; problems: LyncimgError[] } {
  const { byId, open } = place.sources;
  const found: LyncimgError[] = [];
  const list = (ids ?? []).flatMap((id, index) => {
    const source = byId.get(id);
    if (source === undefined && !open) {
      const where = place.file.at([...place.path, index]);
      found.push(fail('E_SOURCE_UNKNOWN', { source: id, near: nearest(id, byId.keys()) }, { where }));
    }
    return source ?? [];
  });
  return { list, problems: found };
}

/** A source by its id or written out; null where it is wrong, which is among the problems. */
export function readOneSource(
  place: { file: YamlFile; path: Path; sources: Sources },
  given: string | Omit<Source, 'id'>,
): { source: Source | null; problems: LyncimgError[] } {
  if (typeof given !== 'string') return { source: given, problems: [] };
  const source = place.sources.byId.get(given);
  if (source !== undefined) return { source, problems: [] };
  if (place.sources.open) return { source: null, problems: [] };
  const near = nearest(given, place.sources.byId.keys());
  const where = place.file.at(place.path);
  return { source: null, problems: [fail('E_SOURCE_UNKNOWN', { source: given, near }, { where })] };
}
