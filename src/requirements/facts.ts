// Facts as data: what a requirement asks of a machine, and what the machine answered. An unanswered question is
// never an answer: it stays unknown, with its cause.

/** One property set of a CIM class, wanted over WS-Management. Queries of one class are merged into one enumeration. */
export interface CimQuery {
  kind: 'cim';
  /** e.g. `root/cimv2` */
  namespace: string;
  className: string;
  properties: string[];
  /** A WQL condition without `where`; queries are merged only when it is equal. */
  where?: string;
}

export type Hive = 'HKLM' | 'HKU' | 'HKCR';

/** One registry value, or (without `value`) the existence of a key, by StdRegProv. */
export interface RegistryQuery {
  kind: 'registry';
  hive: Hive;
  /** Without the hive, backslashes, 64-bit view. */
  key: string;
  value?: { name: string; type: RegistryType };
}

export type RegistryType = 'string' | 'expandstring' | 'multistring' | 'dword' | 'qword' | 'binary';
export type FactQuery = CimQuery | RegistryQuery;

/** A CIM property: numbers come as text of the wire when they do not fit a double. Datetimes as ISO 8601. */
export type CimValue = string | number | boolean | null | (string | number | boolean)[];
export type CimRow = Record<string, CimValue>;

export type RegistryAnswer =
  | { exists: false; missing: 'key' | 'value' }
  /** The value exists but has another type than asked for. */
  | { exists: true; otherType: true }
  /** `data` is absent where only the key was asked for. dword and qword are decimal text, binary is hex. */
  | { exists: true; data?: string | string[] };

export type Answer<T> = { known: true; value: T } | { known: false; cause: string };

/** What was read of one machine. Property names of rows are matched without regard to case by the reader of rows. */
export interface Facts {
  cim(query: CimQuery): Answer<CimRow[]>;
  registry(query: RegistryQuery): Answer<RegistryAnswer>;
}
