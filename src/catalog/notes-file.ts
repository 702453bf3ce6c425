// catalog/notes.yaml: pitfalls, and sources that differ, by the ids under which roles and packages name them.
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import type { Source } from '../requirements/index.js';
import { nearest } from '../util/index.js';
import type { Pitfall, SourceConflict } from './model.js';
import { readText } from './read-text.js';
import type { Sources } from './sources-file.js';
import { schemaProblems } from './schema-problems.js';
import { notesFileSchema } from './schemas.js';
import { parseYaml, type Path } from './yaml-file.js';

export interface Notes {
  pitfalls: ReadonlyMap<string, Pitfall>;
  conflicts: ReadonlyMap<string, SourceConflict>;
  /** The file could not be read: then no id is called unknown. */
  open: boolean;
}

export const noNotes: Notes = { pitfalls: new Map(), conflicts: new Map(), open: true };

export async function readNotes(path: string, name: string, sources: Sources): Promise<Checked<Notes>> {
  const text = await readText(path, name);
  if (!text.ok) return text;
  const parsed = parseYaml(text.value);
  if (!parsed.ok) return parsed;
  const file = parsed.value;
  const checked = notesFileSchema.safeParse(file.value);
  if (!checked.success || file.problems.length > 0) {
    const place = { file, path: [], schema: notesFileSchema };
    const found = checked.success ? [] : schemaProblems(checked.error.issues, place);
    return problems([...file.problems, ...found]);
  }
  const found: LyncimgError[] = [];
  const named = (ids: readonly string[], at: Path): Source[] =>
    ids.flatMap((id, index) => {
      const source = sources.byId.get(id);
      if (source === undefined && !sources.open) {
        const facts = { source: id, near: nearest(id, sources.byId.keys()) };
        found.push(fail('E_SOURCE_UNKNOWN', facts, { where: file.at([...at, index]) }));
      }
      return source ?? [];
    });
  const pitfalls = Object.entries(checked.data.pitfalls).map(([id, { what, code, prevent, source }]) => ({
    id,
    what,
    code: code ?? null,
    prevent: prevent ?? null,
    sources: named(source, ['pitfalls', id, 'source']),
  }));
  const conflicts = Object.entries(checked.data.conflicts).map(([id, { subject, says, take }]) => ({
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
