// Readers of what a client got, one for each CIM type (DSP0004 5.2.2). Each takes whatever came and gives null for
// nil, for absent, and for what is not of its type: a host's answer never throws here.
import { parseDuration } from '../duration.js';
import type { WireItem, WireObject, WireProperties, WireReference, WireValue } from './value.js';

type Value = WireValue | undefined;

/** A property by its name, without regard to case; undefined when the host did not send it. */
export function cimProperty(properties: WireProperties, name: string): WireValue | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(properties).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** A list: nil, absent and empty arrays are all empty, a single value is a list of one. */
export function cimList(value: Value): readonly WireItem[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

/** string, and the text of every other type but objects and references; with its blanks. */
export function cimText(value: Value): string | null {
  const item = single(value);
  return typeof item === 'string' ? item : null;
}

/** uint8 to uint64, sint8 to sint64, char16. */
export function cimInteger(value: Value): bigint | null {
  const text = cimText(value)?.trim();
  return text !== undefined && /^[+-]?\d{1,20}$/.test(text) ? BigInt(text.replace(/^\+/, '')) : null;
}

/** real32 and real64, in decimal or exponent form; INF and -INF by xs:double. NaN is no number. */
export function cimReal(value: Value): number | null {
  const text = cimText(value)?.trim();
  if (text === undefined) return null;
  if (/^[+-]?INF$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^[+-]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][+-]?\d{1,4})?$/.test(text) ? Number(text) : null;
}

/** Windows writes true and false, OMI TRUE and FALSE, xs:boolean also 1 and 0. */
export function cimBoolean(value: Value): boolean | null {
  const text = cimText(value)?.trim().toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

/** A point in time. Compare `epochMs`: a host writes in whatever zone it likes. */
export interface Instant {
  /** Milliseconds since 1970-01-01T00:00:00Z; what is finer is cut off. */
  epochMs: number;
  /** Minutes east of Greenwich, as the host wrote it. */
  offsetMinutes: number;
  text: string;
}

const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** datetime as a point in time. Without an offset it is none. */
export function cimDatetime(value: Value): Instant | null {
  const text = cimText(value)?.trim() ?? '';
  const match = instant.exec(text);
  if (match === null) return null;
  const [, local = '', fraction = '', sign, hours, minutes] = match;
  const written = Date.parse(`${local}Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(written) || new Date(written).toISOString().slice(0, 19) !== local) return null;
  const offsetMinutes = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  // xs:dateTime: at most fourteen hours.
  if (Number(minutes ?? 0) > 59 || Math.abs(offsetMinutes) > 14 * 60) return null;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  // + 0 makes of -0 (from `-00:00`) a plain zero.
  return { epochMs: written + milliseconds - offsetMinutes * 60_000, offsetMinutes: offsetMinutes + 0, text };
}

/** datetime as a length of time, in milliseconds. */
export function cimInterval(value: Value): number | null {
  const text = cimText(value);
  return text === null ? null : parseDuration(text);
}

export function cimObject(value: Value): WireObject | null {
  const item = single(value);
  return item !== null && typeof item === 'object' && 'properties' in item ? item : null;
}

export function cimReference(value: Value): WireReference | null {
  const item = single(value);
  return item !== null && typeof item === 'object' && 'selectors' in item ? item : null;
}

/** A list of one is a single value. */
function single(value: Value): WireItem | null {
  if (value === undefined || value === null) return null;
  if (!isList(value)) return value;
  return value.length === 1 ? (value[0] ?? null) : null;
}

// Array.isArray does not narrow a readonly array away.
function isList(value: WireItem | readonly WireItem[]): value is readonly WireItem[] {
  return Array.isArray(value);
}
