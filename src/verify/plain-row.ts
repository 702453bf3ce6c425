// A row as the kinds of requirements read it: text and lists of text. The kind that asked knows the types.
import type { CimRow } from '../requirements/index.js';
import { cimList, cimText, type WireProperties } from '../wsman/index.js';

/** Embedded objects and references, which no kind asks for, are left out. */
export function plainRow(properties: WireProperties): CimRow {
  const row: [string, CimRow[string]][] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || typeof value === 'string') {
      row.push([name, value]);
      continue;
    }
    const texts = cimList(value).map(cimText);
    if (texts.every((text) => text !== null)) row.push([name, texts]);
  }
  return Object.fromEntries(row);
}
