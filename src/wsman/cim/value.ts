// CIM values on both sides. The wire carries text and hardly a type (MS-WSMV 2.2.4.1): a server sends typed values, a
// client reads text and knows itself what it asked for. So there are two forms; the readers in read.ts name the type.

/** A point in time as ISO 8601 with an offset, e.g. `2013-03-09T02:57:32Z`. */
export interface CimDatetime {
  datetime: string;
}

/** A length of time as xs:duration, e.g. `P0DT0H1M40S`. */
export interface CimInterval {
  interval: string;
}

/** A datetime of which only the day is known, e.g. `2013-03-09` (DSP0230: the time is all wild cards). */
export interface CimDate {
  date: string;
}

/** A datetime of which only the time of day is known, e.g. `02:57:32`. */
export interface CimTime {
  time: string;
}

/** An embedded object. */
export interface CimObject {
  object: CimInstance;
}

/** A reference to an instance: its class's resource URI and its keys. */
export interface CimReference {
  reference: { resourceUri: string; selectors: Readonly<Record<string, string>> };
}

/**
 * 64-bit numbers are bigint: a double does not hold them. A char16 is its number, octets are a list of numbers: that
 * is how they go over the wire.
 */
export type CimScalar =
  | string
  | number
  | bigint
  | boolean
  | CimDatetime
  | CimInterval
  | CimDate
  | CimTime
  | CimObject
  | CimReference;

/** What a server sends. null is sent as xsi:nil; an empty array is not sent at all, as Windows does it. */
export type CimValue = CimScalar | null | readonly CimScalar[];

/** An instance as a server holds it. `className` and the names of properties as Windows spells them. */
export interface CimInstance {
  /** With slashes, e.g. `root/cimv2`. */
  namespace: string;
  className: string;
  properties: Readonly<Record<string, CimValue>>;
}

/** An embedded object as it came. */
export interface WireObject {
  className: string;
  resourceUri: string;
  properties: WireProperties;
}

/** A reference as it came: what `get` takes. */
export interface WireReference {
  resourceUri: string;
  selectors: Readonly<Record<string, string>>;
}

/** One value as it came. Numbers, booleans, datetimes and intervals are their text. */
export type WireItem = string | WireObject | WireReference;

/** What a client reads. An array of one looks like a single value, an empty array is absent: see `cimList`. */
export type WireValue = WireItem | null | readonly WireItem[];

/** The properties of one instance as they came: own properties only, names as the host spells them. */
export type WireProperties = Readonly<{ [name: string]: WireValue }>;
