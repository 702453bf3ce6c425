// YAML text → value, with the place of each part of it. Hostile until parsed: size, aliases and tags are limited.
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Node,
} from 'yaml';
import type { LyncimgError } from '../errors/index.js';
import {
  fail,
  lineAndColumn,
  ok,
  problems,
  type Checked,
  type Position,
  type SourceText,
} from '../errors/index.js';
import { nestsDeeper } from '../util/index.js';

export type Path = readonly PropertyKey[];

/** A parsed file. Positions follow aliases; what is not there has the position of the nearest thing around it. */
export interface YamlFile {
  source: SourceText;
  value: unknown;
  /** Mistakes that leave the rest readable: to be reported with whatever else is found. */
  problems: LyncimgError[];
  /** Of a value. */
  at(path: Path): Position;
  /** Of a key itself, e.g. one that is not known. */
  atKey(path: Path, key: string): Position;
}

/** Mistakes after which the parser still knows what everything else means. */
const survivable: ReadonlySet<string> = new Set(['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED']);

/** More than any role has use for; the factor by which they unfold is limited as well. */
const aliasLimit = 50;

/** No file of ours comes near it; deeper ones would end the process inside of the parser. */
const depthLimit = 50;

export function parseYaml(source: SourceText): Checked<YamlFile> {
  if (nestsDeeper(source.text, depthLimit))
    return problems([syntax(source, { start: 0, end: 1 }, 'it is nested too deeply')]);
  let document: Document.Parsed;
  try {
    document = parseDocument(source.text, { prettyErrors: false, version: '1.2', strict: true });
  } catch (error) {
    return problems([syntax(source, { start: 0, end: 1 }, tooDeep(error))]);
  }
  const mistakes = [...document.errors, ...document.warnings];
  const aliases = aliasProblems(source, document);
  const found = [...firstOfEachLine(source, mistakes), ...aliases];
  if (aliases.length > 0 || mistakes.some(({ code }) => !survivable.has(code))) return problems(found);
  try {
    const value: unknown = document.toJS({ maxAliasCount: aliasLimit });
    return ok({ source, value, problems: found, ...positionsOf(source, document) });
  } catch (error) {
    if (error instanceof RangeError) return problems([syntax(source, { start: 0, end: 1 }, tooDeep(error))]);
    // The one reason left: toJS counts what the aliases unfold into.
    return problems([tooManyAliases(source, aliasesOf(document)[0])]);
  }
}

function tooDeep(error: unknown): string {
  return error instanceof RangeError ? 'it is nested too deeply' : String(error);
}

interface YamlProblem {
  code: string;
  message: string;
  pos: [number, number];
}

/** One mistake makes the parser stumble on; what it says next of the same line helps nobody. */
function firstOfEachLine(source: SourceText, errors: readonly YamlProblem[]): LyncimgError[] {
  const byLine = new Map<number, YamlProblem>();
  // A file with a hundred such mistakes is not read for the hundred and first.
  for (const error of errors.slice(0, 100)) {
    const { line } = lineAndColumn(source.text, error.pos[0]);
    if (!byLine.has(line)) byLine.set(line, error);
  }
  return [...byLine.values()].map((error) => problemOf(source, error));
}

function problemOf(source: SourceText, { code, message, pos: [start, end] }: YamlProblem): LyncimgError {
  const where = { source, start, end };
  if (code === 'TAB_AS_INDENT') return fail('E_YAML_TAB', {}, { where });
  if (code === 'DUPLICATE_KEY') {
    const key = /^[^\s:]+/.exec(source.text.slice(start))?.[0] ?? '';
    return fail('E_YAML_DUPLICATE_KEY', { key }, { where: { source, start, end: start + key.length } });
  }
  if (message.includes('call stack')) return syntax(source, where, 'it is nested too deeply');
  return syntax(source, where, message.replace(/[.;].*$/s, ''));
}

function syntax(source: SourceText, range: { start: number; end: number }, message: string): LyncimgError {
  return fail('E_YAML_SYNTAX', { message }, { where: { source, start: range.start, end: range.end } });
}

function aliasesOf(document: Document): Alias[] {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  return aliases;
}

function aliasProblems(source: SourceText, document: Document): LyncimgError[] {
  const aliases = aliasesOf(document);
  if (aliases.length > aliasLimit) return [tooManyAliases(source, aliases[0])];
  return aliases
    .filter((alias) => alias.resolve(document) === undefined)
    .map((alias) => syntax(source, rangeOf(alias), `there is no anchor for the alias ${alias.source}`));
}

function tooManyAliases(source: SourceText, first: Alias | undefined): LyncimgError {
  return fail('E_YAML_ALIASES', { limit: aliasLimit }, { where: { source, ...rangeOf(first) } });
}

function rangeOf(node: Node | null | undefined): { start: number; end: number } {
  const [start, end] = node?.range ?? [0, 1];
  return { start, end };
}

function positionsOf(source: SourceText, document: Document): Pick<YamlFile, 'at' | 'atKey'> {
  const position = (node: Node | null): Position => ({ source, ...rangeOf(node) });
  return {
    at: (path) => position(walk(document, path).node),
    atKey: (path, key) => {
      const { node, complete } = walk(document, path);
      const pair = complete && isMap(node) ? pairOf(node.items, key) : undefined;
      return position((pair?.key as Node | undefined) ?? node);
    },
  };
}

/** The node at a path, or the last one on the way to it. */
function walk(document: Document, path: Path): { node: Node | null; complete: boolean } {
  let node: Node | null = document.contents;
  for (const step of path) {
    const at: Node | null | undefined = isAlias(node) ? node.resolve(document) : node;
    let next: unknown;
    if (isMap(at)) {
      const pair = pairOf(at.items, String(step));
      // A key without a value has a node without a place of its own: the key's serves.
      next = pair?.value ?? pair?.key;
    } else if (isSeq(at)) next = at.items[Number(step)];
    if (next === undefined || next === null) return { node, complete: false };
    node = next as Node;
  }
  return { node, complete: true };
}

/** Of a key that stands twice the last one counts, here as in the value. */
function pairOf<P extends { key: unknown }>(pairs: P[], key: string): P | undefined {
  return pairs.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}
