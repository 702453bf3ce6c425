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

/** A whole number as CIM writes it, decimal digits alone; NaN for anything else. */
export function numberOf(row: CimRow, name: string): number {
  const text = textOf(row, name);
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** A property as a list of texts: none where it is absent, one where it is no list. */
export function listOf(row: CimRow, name: string): string[] {
  const value = property(row, name) ?? [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Any spelling: Windows sends `true`, other CIM servers `TRUE` or `1`. Undefined for what is no boolean at all. */
export function booleanOf(row: CimRow, name: string): boolean | undefined {
  const text = textOf(row, name).toLowerCase();
  if (['true', '1'].includes(text)) return true;
  return ['false', '0'].includes(text) ? false : undefined;
}

export function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
