// What is wrong with a lock, each with its line and column. (Other YAML is the catalogue's, which this room cannot see.)
import { isMap, isScalar, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { fail, type LyncimgError, type Position, type SourceText } from '../errors/index.js';

/** A mistake of the text itself. */
export function textProblem(
  source: SourceText,
  { message, pos: [start, end] }: { message: string; pos: [number, number] },
): LyncimgError {
  return problem('', message.replace(/\.$/, ''), { source, start, end });
}

/** Mistakes of what it says. */
export function contentProblems(
  source: SourceText,
  document: Document,
  issues: readonly z.core.$ZodIssue[],
): LyncimgError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) =>
        problem(dotted(path), `the key ${key} is not known`, at([...path, key])),
      );
    if (issue.code === 'invalid_key')
      return issue.issues.map(({ message }) => problem(dotted(path), message, at(path)));
    const missing = document.getIn(issue.path) === undefined;
    return [problem(dotted(path), missing ? 'is missing' : issue.message, at(path))];
  });

  function at(path: readonly string[]): Position {
    return placeOf(source, document, path);
  }
}

/** The place of a key, or of what is nearest around it. */
export function placeOf(source: SourceText, document: Document, path: readonly string[]): Position {
  let found: Node | null = document.contents;
  let within: unknown = document.contents;
  for (const step of path) {
    const pair: { key: unknown; value: unknown } | undefined = isMap(within)
      ? within.items.find(({ key }) => isScalar(key) && String(key.value) === step)
      : undefined;
    if (pair === undefined) break;
    found = pair.key as Node;
    within = pair.value;
  }
  const [start, end] = found?.range ?? [0, 1];
  return { source, start, end };
}

function problem(path: string, message: string, where: Position): LyncimgError {
  return fail('E_MEDIA_LOCK', { path, message }, { where });
}

function dotted(path: readonly string[]): string {
  return path.join(': ');
}
