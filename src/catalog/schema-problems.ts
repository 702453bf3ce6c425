// What a schema complains of, as problems with a place in the file and the nearest known name.
import { z } from 'zod';
import type { LyncimgError } from '../errors/index.js';
import { fail } from '../errors/index.js';
import { nearest } from '../util/index.js';
import type { Path, YamlFile } from './yaml-file.js';

export type Issue = z.core.$ZodIssue;

/** Where a schema was applied: the file, and the path of its value in it. */
export interface SchemaPlace {
  file: YamlFile;
  path: Path;
  schema: z.ZodType;
}

export function schemaProblems(issues: readonly Issue[], place: SchemaPlace): LyncimgError[] {
  return issues.flatMap((issue) => problemsOf(issue, [], place));
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
      fail('E_VALUE_INVALID', { path: shown(place, path), message }, { where }),
    );
  }
  const where = place.file.at([...place.path, ...path]);
  const facts = { path: shown(place, path), ...wording(issue, valueAt(place, path)) };
  return [fail('E_VALUE_INVALID', facts, { where })];
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

function wording(issue: Issue, value: unknown): { message: string; hint?: string } {
  if (value === undefined) return { message: 'is missing.' };
  if (issue.code === 'invalid_value') return { message: `must be ${issue.values.map(String).join(' or ')}.` };
  const expected = expectedTypes(issue);
  if (expected.length === 0) return { message: issue.message };
  const given = typeof value === 'string' ? 'text' : nameOf(value);
  const message = `must be ${expected.map((type) => expectedNames[type] ?? type).join(' or ')}, not ${given}.`;
  const scalar = expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean');
  // YAML reads 6.3, 010 and true as no text at all.
  return scalar ? { message, hint: `Quote it: '${String(value)}'.` } : { message };
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

/** The keys that a schema knows at a path, read from its JSON Schema. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let at = [z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema];
  for (const step of path) at = at.flatMap(branches).flatMap((branch) => childrenOf(branch, step));
  const keys = at.flatMap(branches).flatMap((branch) => Object.keys(branch.properties ?? {}));
  return [...new Set(keys)];
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

function branches(schema: JsonSchema): JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return inner.length === 0 ? [schema] : inner.flatMap(branches);
}

function childrenOf(schema: JsonSchema, step: PropertyKey): JsonSchema[] {
  if (typeof step === 'number') return schema.items === undefined ? [] : [schema.items];
  const own = schema.properties?.[String(step)];
  if (own !== undefined) return [own];
  return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
}
