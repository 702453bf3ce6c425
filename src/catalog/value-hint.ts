// What to write instead of a wrong value: every complaint about one says what to do next.
import { nearest } from '../util/index.js';
import type { Issue, JsonSchema } from './schema-lookup.js';

export interface WrongValue {
  issue: Issue;
  /** Undefined where the whole file is meant. */
  key: PropertyKey | undefined;
  value: unknown;
  /** Types that would fit, where that is what is wrong. */
  expected: readonly string[];
  /** What the schema says of the place. */
  schemas: readonly JsonSchema[];
}

export function valueHint(wrong: WrongValue): string {
  const { issue, key, value, expected } = wrong;
  if (key === undefined && expected.length > 0)
    return 'The file begins with apiVersion: lyncimg/v1 and kind:.';
  if (value === undefined) return `Add ${String(key)}: ${sample(wrong)}`;
  if (issue.code === 'invalid_value') return allowed(issue.values.map(String), value);
  // YAML reads 6.3, 010 and true as no text at all.
  if (expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return `Quote it: '${String(value)}'.`;
  const [type] = expected;
  if (type === undefined) return better(wrong);
  if (type === 'array' && isScalar(value)) return `Write a list: [${String(value)}].`;
  return howToWrite[type] ?? otherwise;
}

/** The message has said what such a value looks like. */
const otherwise = 'Change the value, or take it out.';

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function allowed(values: readonly string[], given: unknown): string {
  const near = typeof given === 'string' ? nearest(given, values) : [];
  return near.length > 0 ? `Did you mean ${near.join(', ')}?` : `Allowed: ${values.join(', ')}.`;
}

const howToWrite: Readonly<Record<string, string>> = {
  string: "Write text, in quotes where it holds ': ' or ' #'.",
  object: 'Write key: value, one in a line below it, or { key: value }.',
  record: 'Write key: value, one in a line below it, or { key: value }.',
  array: 'Write a list: items that begin with "- " in lines below it, or [a, b].',
  boolean: 'Write true or false.',
  number: 'Write a number without quotes.',
  int: 'Write a whole number without quotes.',
};

const samples: Readonly<Record<string, string>> = { array: '[…]', object: '{ … }', record: '{ … }' };

function sample({ issue, expected, schemas }: WrongValue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  const [example] = schemas.flatMap(({ examples = [] }) => examples);
  if (isScalar(example)) return String(example);
  if (expected.includes('boolean')) return 'true or false';
  return samples[expected[0] ?? ''] ?? '…';
}

function better({ value, schemas }: WrongValue): string {
  const values = schemas.flatMap(
    (schema) => schema.enum ?? (schema.const === undefined ? [] : [schema.const]),
  );
  if (values.length > 0) return allowed(values.map(String), value);
  const examples = schemas.flatMap((schema) => schema.examples ?? []);
  return examples.length > 0 ? `For example: ${examples.map(String).join(', ')}` : otherwise;
}
