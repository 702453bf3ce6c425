// catalog/notes.yaml: pitfalls, and sources that differ, by the ids under which roles and packages name them.
import { ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import type { Source } from '../requirements/index.js';
import type { Pitfall, SourceConflict } from './model.js';
import { readYaml } from './read-yaml.js';
import { sourcesOf, type Sources } from './sources-file.js';
import { notesFileSchema } from './schemas/notes.js';
import type { Path } from './yaml-file.js';

export interface Notes {
  pitfalls: ReadonlyMap<string, Pitfall>;
  conflicts: ReadonlyMap<string, SourceConflict>;
  /** The file could not be read: then no id is called unknown. */
  open: boolean;
}

export const noNotes: Notes = { pitfalls: new Map(), conflicts: new Map(), open: true };

export async function readNotes(path: string, name: string, sources: Sources): Promise<Checked<Notes>> {
  const read = await readYaml(path, name, notesFileSchema);
  if (!read.ok) return read;
  const { file, data } = read.value;
  const found: LyncimgError[] = [];
  const named = (ids: readonly string[], at: Path): Source[] => {
    const { list, problems: wrong } = sourcesOf({ file, path: at, sources }, ids);
    found.push(...wrong);
    return list;
  };
  const pitfalls = Object.entries(data.pitfalls).map(([id, { what, code, prevent, source }]) => ({
    id,
    what,
    code: code ?? null,
    prevent: prevent ?? null,
    sources: named(source, ['pitfalls', id, 'source']),
  }));
  const conflicts = Object.entries(data.conflicts).map(([id, { subject, says, take }]) => ({
    id,
    subject,
    says: says.map(({ claim, source }, index) => ({
      claim,
      sources: named(source, ['conflicts', id, 'says', index, 'source']),
    })),
    take,
  }));
  if (found.length > 0) return problems(found);
  return ok({ pitfalls: byId(pitfalls), conflicts: byId(conflicts), open: false });
}

function byId<T extends { id: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((one) => [one.id, one]));
}
