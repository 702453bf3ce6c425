// Writes HCL2 as `packer fmt` would leave it: two blanks a level, the `=` of neighbouring lines in one column.
import type { HclItem, HclValue } from '../platforms/index.js';
import { oneLine } from './text.js';

/** The text of a file, ending with a newline. */
export function writeHcl(items: readonly HclItem[]): string {
  return `${linesOf(items, '').join('\n')}\n`;
}

/** Names and values of neighbouring lines, not yet aligned. */
type Pair = [name: string, value: HclValue];

function linesOf(items: readonly HclItem[], indent: string): string[] {
  const lines: string[] = [];
  let group: Pair[] = [];
  const endGroup = (): void => {
    lines.push(...pairLines(group, indent));
    group = [];
  };
  for (const item of items) {
    if ('attribute' in item) {
      group.push([item.attribute, item.value]);
      continue;
    }
    endGroup();
    lines.push(...itemLines(item, indent));
  }
  endGroup();
  return lines;
}

function itemLines(item: Exclude<HclItem, { attribute: string }>, indent: string): string[] {
  if ('blank' in item) return [''];
  if ('comment' in item)
    return item.comment.split('\n').map((line) => `${indent}# ${oneLine(line)}`.trimEnd());
  const labels = (item.labels ?? []).map((label) => ` ${quoted(label)}`).join('');
  if (item.body.length === 0) return [`${indent}${item.block}${labels} {`, `${indent}}`];
  return [`${indent}${item.block}${labels} {`, ...linesOf(item.body, `${indent}  `), `${indent}}`];
}

/** Neighbours are aligned; what takes several lines stands by itself and starts the columns anew. */
function pairLines(pairs: readonly Pair[], indent: string): string[] {
  const lines: string[] = [];
  let row: Pair[] = [];
  const endRow = (): void => {
    const width = Math.max(0, ...row.map(([name]) => name.length));
    for (const [name, value] of row) lines.push(`${indent}${name.padEnd(width)} = ${valueText(value)}`);
    row = [];
  };
  for (const [name, value] of pairs) {
    const inner = tallLines(value, `${indent}  `);
    if (inner === null) {
      row.push([name, value]);
      continue;
    }
    endRow();
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    lines.push(`${indent}${name} = ${open}`, ...inner, `${indent}${close}`);
  }
  endRow();
  return lines;
}

/** What stands between the brackets of a value that takes several lines; null where one line is enough. */
function tallLines(value: HclValue, indent: string): string[] | null {
  if (Array.isArray(value)) {
    // Lists of commands and the like are written one item a line.
    const tall = value.some(Array.isArray) || valueText(value).length > 80;
    return tall ? value.map((item) => `${indent}${valueText(item)},`) : null;
  }
  if (typeof value !== 'object' || !('map' in value)) return null;
  const pairs = Object.entries(value.map);
  return pairs.length === 0
    ? null
    : pairLines(
        pairs.map(([key, inner]) => [keyText(key), inner]),
        indent,
      );
}

/** A value on one line. */
export function valueText(value: HclValue): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  if ('expression' in value) return value.expression;
  if ('template' in value) {
    const parts = value.template.map((part) =>
      // A `$` or `%` at its end must not become a mark of a template with what follows.
      typeof part === 'string' ? escaped(part).replace(/[$%]$/, '${"$&"}') : `\${${part.expression}}`,
    );
    return `"${parts.join('')}"`;
  }
  const pairs = Object.entries(value.map).map(([key, inner]) => `${keyText(key)} = ${valueText(inner)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : quoted(key);
}

/** A literal: nothing in it is a template, an escape or the end of the text. */
function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[$%](?=\{)/g, '$&$&');
}
