// Reading of CIM rows: names without regard to case, and the spellings that booleans and numbers have on the wire.
import type { CimRow, CimValue } from './facts.js';

/** A property by its name; undefined where the row has none. */
export function property(row: CimRow, name: string): CimValue | undefined {
  const wanted = name.toLowerCase();
  const found = Object.entries(row).find(([key]) => key.toLowerCase() === wanted);
  return found?.[1];
}

/** A property as text; '' for null and for a missing one. */
export function textOf(row: CimRow, name: string): string {
  const value = property(row, name);
  return value === undefined || value === null ? '' : String(value);
}

export function numberOf(row: CimRow, name: string): number {
  const text = textOf(row, name);
  return text === '' ? Number.NaN : Number(text);
}

/** True for `true` in any spelling: Windows sends `true`, other CIM servers send `TRUE` or `1`. */
export function isTrue(row: CimRow, name: string): boolean {
  return ['true', '1'].includes(textOf(row, name).toLowerCase());
}

export function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
