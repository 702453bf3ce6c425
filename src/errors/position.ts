// Where something stands. Kept as offsets into the text; line and column are made by the printer alone.

/** A text that was read, and the name under which a person knows it. */
export interface SourceText {
  /** Path as the user would type it. */
  file: string;
  text: string;
}

/** A stretch of a source text: offsets in UTF-16 code units, `end` exclusive. */
export interface Position {
  source: SourceText;
  start: number;
  end: number;
}

/** Where an error belongs: a place in a file, a whole file, or a host. */
export type Where = Position | { file: string } | { host: string };

/** Line and column of an offset, both from 1, as editors count them. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/** `file:line:column`, `file`, or the host. */
export function formatWhere(where: Where): string {
  if ('host' in where) return where.host;
  if ('file' in where) return where.file;
  const { line, column } = lineAndColumn(where.source.text, where.start);
  return `${where.source.file}:${line}:${column}`;
}
