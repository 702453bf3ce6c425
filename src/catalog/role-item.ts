// The items of `requirements:`, one by one, each by the schema of its own kind.
import type { z } from 'zod';
import { fail, type LyncimgError, type Position } from '../errors/index.js';
import { kindNames, kindOf } from '../requirements/index.js';
import { nearest } from '../util/index.js';
import { readAnnotations } from './annotations.js';
import type { Condition, RoleItem } from './model.js';
import type { Notes } from './notes-file.js';
import { readOsIds } from './os-id.js';
import { readKeys } from './read-keys.js';
import type { Issue } from './schema-lookup.js';
import { schemaProblems } from './schema-problems.js';
import { itemSchema } from './schemas/role.js';
import { noSource, oneSource, sourcesOf, type Sources } from './sources-file.js';
import type { Path, YamlFile } from './yaml-file.js';

/** An item that still knows where each part of its spec stands. */
export interface ParsedItem extends RoleItem {
  /** Of a part of the spec. */
  at(path: Path): Position;
  /** Of an option that its condition names. */
  atCondition(option: string): Position;
}

type ItemInput = Partial<z.output<typeof itemSchema>>;

/** The items whose meaning is clear, even where their source is not, and all that is wrong. */
export function readItems(options: { file: YamlFile; list: unknown; sources: Sources; notes: Notes }): {
  list: ParsedItem[];
  problems: LyncimgError[];
} {
  const list: ParsedItem[] = [];
  const found: LyncimgError[] = [];
  const entries = Array.isArray(options.list) ? (options.list as unknown[]) : [];
  for (const [index, entry] of entries.entries()) {
    // What is no mapping the role's own schema complains of.
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
    const item = readItem({
      ...options,
      entry: entry as Record<string, unknown>,
      path: ['requirements', index],
    });
    if (item.item !== null) list.push(item.item);
    found.push(...item.problems);
  }
  return { list, problems: found };
}

function readItem(options: {
  file: YamlFile;
  entry: Record<string, unknown>;
  path: Path;
  sources: Sources;
  notes: Notes;
}): { item: ParsedItem | null; problems: LyncimgError[] } {
  const { file, entry, path } = options;
  const named = Object.keys(entry).filter((key) => kindOf(key) !== undefined);
  const [kindName] = named;
  const kind = kindName === undefined || named.length > 1 ? undefined : kindOf(kindName);
  const found: LyncimgError[] = [];
  if (kind === undefined || kindName === undefined) found.push(kindProblem(options, named));

  const common = Object.fromEntries(
    Object.entries(entry).filter(([key]) => Object.hasOwn(itemSchema.shape, key)),
  );
  const unknown = unknownKeys(options, kind !== undefined);
  found.push(...unknown);
  const { data, issues, open } = readKeys(itemSchema, common);
  found.push(...itemProblems({ ...options, issues, hasSource: 'source' in entry }));
  const sourcePlace = { file, path: [...path, 'source'], sources: options.sources };
  const source = data.source === undefined ? null : oneSource(sourcePlace, data.source);
  found.push(...(source?.problems ?? []));
  const when = readCondition(options, data.when);
  found.push(...when.problems);
  const also = sourcesOf({ file, path: [...path, 'also'], sources: options.sources }, data.also);
  const annotations = readAnnotations({ file, path, notes: options.notes }, data);
  found.push(...also.problems, ...annotations.problems);

  if (kind === undefined || kindName === undefined) return { item: null, problems: found };
  const place = { file, path: [...path, kindName], schema: kind.schema };
  const input = kind.schema.safeParse(entry[kindName]);
  if (!input.success) found.push(...schemaProblems(input.error.issues, place));
  const { stage } = data;
  if (stage === 'image' && kind.stage === 'machine')
    found.push(
      fail(
        'E_REQUIREMENT_INVALID',
        { message: `A requirement of the kind ${kindName} holds on a deployed machine alone.` },
        { where: file.at([...path, 'stage']) },
      ),
    );
  // What it asks for, when and in which stage must be clear; a wrong source leaves all that as it is.
  const unclear = unknown.length > 0 || when.problems.length > 0 || open.has('when') || open.has('stage');
  if (!input.success || unclear) return { item: null, problems: found };
  const item: ParsedItem = {
    kind: kindName,
    input: input.data,
    source: source?.source ?? noSource,
    also: also.list,
    breaks: data.breaks ?? null,
    annotations: annotations.annotations,
    where: file.at(path),
    at: (inner) => file.at([...path, kindName, ...inner]),
    atCondition: (option) => file.atKey([...path, 'when', 'option'], option),
    ...(stage !== undefined && { stage }),
    ...(when.condition !== undefined && { when: when.condition }),
  };
  return { item, problems: found };
}

function kindProblem(options: { file: YamlFile; entry: object; path: Path }, named: string[]): LyncimgError {
  const known = [...kindNames];
  const unknown = Object.keys(options.entry).filter((key) => !Object.hasOwn(itemSchema.shape, key));
  const [kind] = unknown;
  if (named.length === 0 && kind !== undefined) {
    const where = options.file.atKey(options.path, kind);
    return fail('E_KIND_UNKNOWN', { kind, near: nearest(kind, known), known }, { where });
  }
  return fail('E_KIND_COUNT', { kinds: named, known }, { where: options.file.at(options.path) });
}

/** Where an item names no kind, its first unknown key was already reported as one. */
function unknownKeys(
  options: { file: YamlFile; entry: object; path: Path },
  hasKind: boolean,
): LyncimgError[] {
  const keys = Object.keys(options.entry).filter(
    (key) => kindOf(key) === undefined && !Object.hasOwn(itemSchema.shape, key),
  );
  const named = Object.keys(options.entry).some((key) => kindOf(key) !== undefined);
  const known = [...Object.keys(itemSchema.shape), ...(hasKind ? [] : kindNames)];
  return (named ? keys : keys.slice(1)).map((key) => {
    const where = options.file.atKey(options.path, key);
    return fail('E_KEY_UNKNOWN', { key, near: nearest(key, known), known }, { where });
  });
}

function itemProblems(options: {
  file: YamlFile;
  path: Path;
  issues: readonly Issue[];
  hasSource: boolean;
}): LyncimgError[] {
  const { file, path, hasSource } = options;
  const issues = options.issues.filter((issue) => hasSource || issue.path[0] !== 'source');
  const missing = issues.length < options.issues.length;
  const rest = schemaProblems(issues, { file, path, schema: itemSchema });
  return missing ? [fail('E_SOURCE_MISSING', {}, { where: file.at(path) }), ...rest] : rest;
}

function readCondition(
  options: { file: YamlFile; path: Path },
  when: ItemInput['when'],
): { condition?: Condition; problems: LyncimgError[] } {
  if (when === undefined) return { problems: [] };
  const list = when.os === undefined ? undefined : [when.os].flat();
  const at = [...options.path, 'when', 'os'];
  const { ids, problems: found } = readOsIds(list, (index) =>
    options.file.at(Array.isArray(when.os) ? [...at, index] : at),
  );
  const condition: Condition = {
    ...(list !== undefined && { os: ids }),
    ...(when.option !== undefined && { option: when.option }),
  };
  return { condition, problems: found };
}
