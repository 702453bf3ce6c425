// The order in which problems are told.
import type { LyncimgError } from '../errors/index.js';

/** The file that a problem stands in; empty where there is none. */
export function fileOf({ where }: LyncimgError): string {
  if (where === undefined || 'host' in where) return '';
  return 'file' in where ? where.file : where.source.file;
}

/** File after file as they were read, and down each file. */
export function inOrder(list: readonly LyncimgError[]): LyncimgError[] {
  const startOf = ({ where }: LyncimgError): number =>
    where !== undefined && 'source' in where ? where.start : 0;
  const files = [...new Set(list.map(fileOf))];
  return files.flatMap((file) =>
    list.filter((problem) => fileOf(problem) === file).sort((a, b) => startOf(a) - startOf(b)),
  );
}
