// CIM values on both sides. The wire carries text and no types (MS-WSMV 2.2.4.1): a server sends typed values, a
// client reads text and knows itself what it asked for. So there are two forms, and readers that name the type.

/** A point in time as ISO 8601 with an offset, e.g. `2013-03-09T02:57:32Z`. */
export interface CimDatetime {
  datetime: string;
}

/** A length of time as xs:duration, e.g. `P0DT0H1M40S`. */
export interface CimInterval {
  interval: string;
}

/** 64-bit numbers are bigint: a double does not hold them. */
export type CimScalar = string | number | bigint | boolean | CimDatetime | CimInterval;

/** What a server sends. null is sent as xsi:nil; an empty array is not sent at all, as Windows does it. */
export type CimValue = CimScalar | null | readonly CimScalar[];

/** An instance as a server holds it. `className` and the names of properties as Windows spells them. */
export interface CimInstance {
  /** With slashes, e.g. `root/cimv2`. */
  namespace: string;
  className: string;
  properties: Readonly<Record<string, CimValue>>;
}

/**
 * What a client reads. An array of one element looks like a single value, an empty array is absent: read lists with
 * `cimList`. Datetimes and intervals are their text.
 */
export type WireValue = string | null | readonly string[];

/** The properties of one instance as they came: own properties only, names as the host spells them. */
export type WireProperties = Readonly<Record<string, WireValue>>;

/** A property by its name, without regard to case; undefined when the host did not send it. */
export function cimProperty(properties: WireProperties, name: string): WireValue | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(properties).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** The text of a single value; null for nil, absent, and lists of other lengths than one. */
export function cimText(value: WireValue | undefined): string | null {
  if (value === undefined || value === null || typeof value === 'string') return value ?? null;
  return value.length === 1 ? (value[0] ?? null) : null;
}

/** A whole number; null for nil, absent, and what is no whole number. */
export function cimInteger(value: WireValue | undefined): bigint | null {
  const text = cimText(value)?.trim();
  return text !== undefined && /^[+-]?\d{1,20}$/.test(text) ? BigInt(text.replace(/^\+/, '')) : null;
}

/** Windows writes true and false, OMI TRUE and FALSE, xs:boolean also 1 and 0. */
export function cimBoolean(value: WireValue | undefined): boolean | null {
  const text = cimText(value)?.trim().toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

/** A list: nil, absent and empty arrays are all empty, a single value is a list of one. */
export function cimList(value: WireValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'string' ? [value] : value;
}
