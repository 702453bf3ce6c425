// One role file: text → everything that can be said of it without looking at another role.
import type { LyncimgError, Position, SourceText } from '../errors/index.js';
import type { OsId, Source } from '../requirements/index.js';
import { readAnnotations, type References } from './annotations.js';
import type { OptionModel, RoleModel } from './model.js';
import { readOsIds } from './os-id.js';
import { readItems, type ParsedItem } from './role-item.js';
import { isMapping, readEntries, readKeys } from './read-keys.js';
import { schemaProblems } from './schema-problems.js';
import { roleFileSchema } from './schemas/role.js';
import { noSource, oneSource, type Sources } from './sources-file.js';
import { parseYaml, type YamlFile } from './yaml-file.js';

/** A role before its parent is known. */
export interface ParsedRole {
  name: string;
  title: string;
  description: string;
  extends: string | null;
  /** Null: those of the parent. */
  supports: OsId[] | null;
  options: Record<string, OptionModel>;
  abstract: boolean;
  collocates: RoleModel['collocates'];
  elsewhere: string | null;
  annotations: RoleModel['annotations'];
  /** What cannot be judged, because the place that says it is wrong, which was reported. */
  unclear: {
    extends: boolean;
    supports: boolean;
    /** Those that are declared wrongly; all where no declaration can be read. */
    options: ReadonlySet<string> | 'all';
  };
  items: ParsedItem[];
  file: YamlFile;
  where: Position;
}

/** A role as far as it could be read: with problems it is still good enough to link others to it. */
export interface ReadRole {
  /** Its name, even where the rest is too wrong for a role. */
  name: string | null;
  role: ParsedRole | null;
  problems: LyncimgError[];
}

export function readRole(text: SourceText, references: References): ReadRole {
  const parsed = parseYaml(text);
  if (!parsed.ok) {
    const [, looseName = null] = /^name:[ \t]*['"]?([\w-]+)/m.exec(text.text) ?? [];
    return { name: looseName, role: null, problems: parsed.problems };
  }
  const file = parsed.value;
  const { data, issues, open } = readKeys(roleFileSchema, file.value);
  const found = [...file.problems, ...schemaProblems(issues, { file, path: [], schema: roleFileSchema })];
  if (!isMapping(file.value)) return { name: null, role: null, problems: found };
  const given = file.value;

  // Of a mapping that can be read, only the wrong entries are left out.
  const unreadable = (key: string): boolean => open.has(key) && !isMapping(given[key]);
  const own = readEntries(roleFileSchema.shape.sources, given['sources']);
  const sources = withOwn(references.sources, own, unreadable('sources'));
  const items = readItems({ file, list: given['requirements'], sources, notes: references.notes });
  const supports = readOsIds(data.supports, (index) => file.at(['supports', index]));
  found.push(...items.problems, ...supports.problems);
  const notes = readAnnotations({ file, path: [], notes: references.notes }, data);
  const collocates = readCollocation(file, data.collocates, sources);
  found.push(...notes.problems, ...collocates.problems);
  const options = readEntries(roleFileSchema.shape.options, given['options']);
  const name = data.name ?? nameless(text, given['name']);
  const role = {
    name,
    title: data.title ?? name,
    description: (data.description ?? '').trim(),
    extends: data.extends ?? null,
    supports: given['supports'] === undefined ? null : supports.ids,
    options: options.right,
    abstract: data.abstract ?? false,
    collocates: collocates.value,
    elsewhere: data.elsewhere ?? null,
    annotations: notes.annotations,
    unclear: {
      extends: open.has('extends'),
      supports: open.has('supports') || supports.problems.length > 0,
      options: unreadable('options') ? ('all' as const) : new Set(options.wrong),
    },
    items: items.list,
    file,
    where: file.at(['name']),
  };
  return { name, role, problems: found };
}

function readCollocation(
  file: YamlFile,
  given: { with: string[]; source: string | Omit<Source, 'id'> } | undefined,
  sources: Sources,
): { value: RoleModel['collocates']; problems: LyncimgError[] } {
  if (given === undefined) return { value: null, problems: [] };
  const read = oneSource({ file, path: ['collocates', 'source'], sources }, given.source);
  return { value: { with: given.with, source: read.source ?? noSource }, problems: read.problems };
}

/** No role can extend by these names what has no right one. */
function nameless({ file }: SourceText, given: unknown): string {
  return typeof given === 'string' && given !== '' ? given : file;
}

function withOwn(
  { byId, open }: Sources,
  own: { right: Record<string, Omit<Source, 'id'>>; wrong: string[] },
  unreadable: boolean,
): Sources {
  const right = Object.entries(own.right).map(([id, source]) => [id, { id, ...source }] as const);
  const wrong = own.wrong.map((id) => [id, noSource] as const);
  return { byId: new Map([...byId, ...right, ...wrong]), open: open || unreadable };
}
