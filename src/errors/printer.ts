// Turns an error into what a person reads: code and position, message, excerpt with a caret, what to do next.
import type { LyncimgError } from './lyncimg-error.js';
import { ProblemsError } from './lyncimg-error.js';
import { formatWhere, lineAndColumn, type Position, type Where } from './position.js';

/** The whole text for a terminal or a log, without colour, ending without a newline. */
export function formatError(error: LyncimgError | ProblemsError): string {
  if (error instanceof ProblemsError) {
    const count = error.problems.length;
    const blocks = error.problems.map(formatOne);
    if (count > 1) blocks.push(`${count} problems.`);
    return blocks.join('\n\n');
  }
  return formatOne(error);
}

function formatOne(error: LyncimgError): string {
  const head = error.where === undefined ? error.code : `${formatWhere(error.where)}: ${error.code}`;
  const lines = [head, indent(error.message)];
  lines.push(...excerpt(error.where));
  if (error.related !== undefined) {
    lines.push(
      indent(`${formatWhere(error.related.where)}: ${error.related.text}`),
      ...excerpt(error.related.where),
    );
  }
  for (const cause of causes(error)) lines.push(indent(`because: ${cause}`));
  for (const suggestion of error.suggestions) lines.push(indent(`-> ${suggestion}`));
  return lines.join('\n');
}

function causes(error: Error): string[] {
  const list: string[] = [];
  for (let at = error.cause; at instanceof Error && list.length < 5; at = at.cause) list.push(at.message);
  return list;
}

function excerpt(where: Where | undefined): string[] {
  if (where === undefined || !('source' in where)) return [];
  return excerptOf(where);
}

function excerptOf({ source, start, end }: Position): string[] {
  const { line, column } = lineAndColumn(source.text, start);
  const text = source.text.split('\n')[line - 1] ?? '';
  const width = Math.max(1, Math.min(end, source.text.length) - start);
  const caret = '^'.repeat(Math.min(width, Math.max(1, text.length - column + 1)));
  const number = String(line);
  // A tab is one column in the count; show it as one blank so that the caret stays under its place.
  return [
    `    ${number} | ${text.replaceAll('\t', ' ')}`,
    `    ${' '.repeat(number.length)} | ${' '.repeat(column - 1)}${caret}`,
  ];
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
