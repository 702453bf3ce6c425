// Of a mapping that is partly wrong, what is right: one wrong key must not hide what is wrong with the others.
import type { z } from 'zod';
import type { Issue } from './schema-lookup.js';
import { misspeltKeys } from './schema-problems.js';

export interface ReadKeys<Shape extends z.ZodRawShape> {
  /** The keys whose values are right. */
  data: Partial<z.output<z.ZodObject<Shape>>>;
  issues: readonly Issue[];
  /** Keys that were perhaps given, but cannot be judged: their values are wrong, or their names misspelt. */
  open: ReadonlySet<string>;
}

export function readKeys<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  value: unknown,
): ReadKeys<Shape> {
  type Data = Partial<z.output<z.ZodObject<Shape>>>;
  const checked = schema.safeParse(value);
  if (checked.success) return { data: checked.data, issues: [], open: new Set() };
  const { issues } = checked.error;
  const given = isMapping(value) ? value : {};
  const data: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    const read = Object.hasOwn(given, key) ? one.safeParse(given[key]) : undefined;
    if (read?.success === true) data[key] = read.data;
  }
  const wrong = Object.keys(given).filter((key) => !Object.hasOwn(data, key));
  const open = new Set([...wrong, ...misspeltKeys(issues, schema)]);
  return { data: data as Data, issues, open };
}

/** The entries of a mapping that are right by themselves, and the names of the others. */
export function readEntries<T>(
  schema: z.ZodType<Record<string, T> | undefined>,
  value: unknown,
): { right: Record<string, T>; wrong: string[] } {
  const right: [string, T][] = [];
  const wrong: string[] = [];
  for (const [name, entry] of Object.entries(isMapping(value) ? value : {})) {
    const checked = schema.safeParse({ [name]: entry });
    if (checked.success) right.push(...Object.entries(checked.data ?? {}));
    else wrong.push(name);
  }
  return { right: Object.fromEntries(right), wrong };
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
