// What a schema says of one place in a file, read from its JSON Schema.
import { z } from 'zod';
import type { Path } from './yaml-file.js';

export type Issue = z.core.$ZodIssue;

export interface JsonSchema {
  const?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

/** The keys that a schema knows at a path. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  const keys = schemasAt(schema, path)
    .flatMap(branches)
    .flatMap((branch) => Object.keys(branch.properties ?? {}));
  return [...new Set(keys)];
}

/** All that may apply there: a union has several branches. */
export function schemasAt(schema: z.ZodType, path: Path): JsonSchema[] {
  let at = [z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema];
  for (const step of path) at = at.flatMap(branches).flatMap((branch) => childrenOf(branch, step));
  return at;
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
