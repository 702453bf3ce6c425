// Writes HCL2 as `packer fmt` would leave it: two blanks a level, the `=` of neighbouring lines in one column.
import type { HclItem, HclValue } from '../platforms/index.js';
import { oneLine } from './text.js';

/** The text of a file, ending with a newline. */
export function writeHcl(items: readonly HclItem[]): string {
  return `${linesOf(items, '').join('\n')}\n`;
}

function linesOf(items: readonly HclItem[], indent: string): string[] {
  const lines: string[] = [];
  let group: { name: string; value: HclValue }[] = [];
  const endGroup = (): void => {
    const width = Math.max(0, ...group.map(({ name }) => name.length));
    for (const { name, value } of group) lines.push(`${indent}${name.padEnd(width)} = ${valueText(value)}`);
    group = [];
  };
  for (const item of items) {
    // Neighbours are aligned; a list over several lines stands by itself.
    if ('attribute' in item && !isTall(item.value)) {
      group.push({ name: item.attribute, value: item.value });
      continue;
    }
    endGroup();
    lines.push(...itemLines(item, indent));
  }
  endGroup();
  return lines;
}

function itemLines(item: HclItem, indent: string): string[] {
  if ('blank' in item) return [''];
  if ('comment' in item)
    return item.comment.split('\n').map((line) => `${indent}# ${oneLine(line)}`.trimEnd());
  if ('attribute' in item) {
    const list = Array.isArray(item.value) ? item.value : [item.value];
    const inner = list.map((value) => `${indent}  ${valueText(value)},`);
    return [`${indent}${item.attribute} = [`, ...inner, `${indent}]`];
  }
  const labels = (item.labels ?? []).map((label) => ` ${quoted(label)}`).join('');
  return [`${indent}${item.block}${labels} {`, ...linesOf(item.body, `${indent}  `), `${indent}}`];
}

/** Lists of commands and the like are written one item a line. */
function isTall(value: HclValue): boolean {
  return Array.isArray(value) && valueText(value).length > 80;
}

function valueText(value: HclValue): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'object' ? value.expression : String(value);
}

/** A literal: nothing in it is a template, an escape or the end of the text. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[$%](?=\{)/g, '$&$&');
  return `"${escaped}"`;
}
