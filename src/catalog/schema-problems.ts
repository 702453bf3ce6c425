// What a schema complains of, as problems with a place in the file and the nearest known name.
import type { z } from 'zod';
import type { LyncimgError } from '../errors/index.js';
import { fail } from '../errors/index.js';
import { nearest } from '../util/index.js';
import { keysAt, schemasAt, type Issue } from './schema-lookup.js';
import { valueHint } from './value-hint.js';
import type { Path, YamlFile } from './yaml-file.js';

/** Where a schema was applied: the file, and the path of its value in it. */
export interface SchemaPlace {
  file: YamlFile;
  path: Path;
  schema: z.ZodType;
}

export function schemaProblems(issues: readonly Issue[], place: SchemaPlace): LyncimgError[] {
  return issues
    .filter((issue) => !isMissingForMisspelling(issue, issues, place))
    .flatMap((issue) => problemsOf(issue, [], place));
}

/** The known keys that the unknown ones of a mapping were most likely meant for. */
export function misspeltKeys(issues: readonly Issue[], schema: z.ZodType, path: Path = []): string[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys' || issue.path.join('.') !== path.join('.')) return [];
    const known = keysAt(schema, path);
    return issue.keys.flatMap((key) => nearest(key, known).slice(0, 1));
  });
}

/** Where `requirement:` is called unknown, that `requirements` is missing says nothing new. */
function isMissingForMisspelling(issue: Issue, issues: readonly Issue[], place: SchemaPlace): boolean {
  const key = issue.path.at(-1);
  if (key === undefined || valueAt(place, issue.path) !== undefined) return false;
  return misspeltKeys(issues, place.schema, issue.path.slice(0, -1)).includes(String(key));
}

function problemsOf(issue: Issue, within: Path, place: SchemaPlace): LyncimgError[] {
  const path = [...within, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(place.schema, path);
    return issue.keys.map((key) => {
      const where = place.file.atKey([...place.path, ...path], key);
      return fail('E_KEY_UNKNOWN', { key, near: nearest(key, known), known }, { where });
    });
  }
  if (issue.code === 'invalid_union') {
    const branch = likeliest(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, path, place));
  }
  if (issue.code === 'invalid_key') {
    // The complaint is about the key itself: that is where it stands, not at its value.
    const where = place.file.atKey([...place.path, ...path.slice(0, -1)], String(path.at(-1)));
    return issue.issues.map(({ message }) =>
      fail(
        'E_VALUE_INVALID',
        { path: shown(place, path), message, hint: 'Give it another name.' },
        { where },
      ),
    );
  }
  const where = place.file.at([...place.path, ...path]);
  const value = valueAt(place, path);
  const message = wording(issue, value);
  const schemas = schemasAt(place.schema, path);
  const key = path.at(-1) ?? place.path.at(-1);
  const hint = valueHint({ issue, key, value, expected: expectedTypes(issue), schemas });
  return [fail('E_VALUE_INVALID', { path: shown(place, path), message, hint }, { where })];
}

/**
 * A union complains with the complaints of each of its branches. The one meant is that whose outer type fits;
 * where none fits there is no such branch.
 */
function likeliest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches
    .filter((branch) => !branch.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0))
    .sort((a, b) => a.length - b.length)[0];
}

function wording(issue: Issue, value: unknown): string {
  if (value === undefined) return 'is missing.';
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}.`;
  const expected = expectedTypes(issue);
  if (expected.length === 0) return issue.message;
  const given = typeof value === 'string' ? 'text' : nameOf(value);
  return `must be ${expected.map((type) => expectedNames[type] ?? type).join(' or ')}, not ${given}.`;
}

function expectedTypes(issue: Issue): string[] {
  if (issue.code === 'invalid_type') return [issue.expected];
  if (issue.code !== 'invalid_union') return [];
  return [...new Set(issue.errors.flat().flatMap(expectedTypes))];
}

function nameOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}

const expectedNames: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

/** Below the name under which the schema was applied, e.g. `registry.path`; the position says the rest. */
function shown(place: SchemaPlace, path: Path): string {
  const base = place.path.at(-1);
  const steps = typeof base === 'string' ? [base, ...path] : path;
  const text = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text.replace(/^\./, '');
}

function valueAt(place: SchemaPlace, path: Path): unknown {
  let value: unknown = place.file.value;
  for (const step of [...place.path, ...path]) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
