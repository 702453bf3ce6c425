// Facts as data: what a requirement asks of a machine, and what the machine answered. An unanswered question is
// never an answer: it stays unknown, with its cause.

/** One property set of a CIM class, wanted over WS-Management. Queries of one class are merged into one enumeration. */
export interface CimQuery {
  kind: 'cim';
  /** e.g. `root/cimv2` */
  namespace: string;
  className: string;
  properties: string[];
  /**
   * Those of the properties that are arrays. Windows sends an empty array as nothing, or leaves it out (MS-WSMV
   * 2.2.4.1), and one of one item like a scalar: named here, a property of a row is always a list.
   */
  arrays?: string[];
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

/** Every direct subkey of a key, each with the named values: certificates of a store, uninstall entries. */
export interface RegistryKeysQuery {
  kind: 'registry-keys';
  hive: Hive;
  /** Without the hive, backslashes, 64-bit view. */
  key: string;
  /** None: the names of the subkeys alone. */
  values: { name: string; type: RegistryType }[];
}

/** Every value of one key that is text: rules of the firewall, instances of SQL Server. */
export interface RegistryValuesQuery {
  kind: 'registry-values';
  hive: Hive;
  /** Without the hive, backslashes, 64-bit view. */
  key: string;
}

export type RegistryType = 'string' | 'expandstring' | 'multistring' | 'dword' | 'qword' | 'binary';
export type FactQuery = CimQuery | RegistryQuery | RegistryKeysQuery | RegistryValuesQuery;

/** A CIM property: numbers come as text of the wire when they do not fit a double. Datetimes as ISO 8601. */
export type CimValue = string | number | boolean | null | (string | number | boolean)[];
export type CimRow = Record<string, CimValue>;

export type RegistryAnswer =
  | { exists: false; missing: 'key' | 'value' }
  /** The value exists but has another type than asked for. */
  | { exists: true; otherType: true }
  /** `data` is absent where only the key was asked for. dword and qword are decimal text, binary is hex. */
  | { exists: true; data?: string | string[] };

/** The subkeys by name, as Windows spells them; of the values asked for only those that are there, by asked-for name. */
export type RegistryKeysAnswer =
  { exists: false } | { exists: true; keys: { name: string; values: Record<string, string | string[]> }[] };

/** The values of type string and expandstring; others are left out. The default value has the empty name. */
export type RegistryValuesAnswer =
  { exists: false } | { exists: true; values: { name: string; data: string }[] };

export type Answer<T> = { known: true; value: T } | { known: false; cause: string };

/** What was read of one machine. Property names of rows are matched without regard to case by the reader of rows. */
export interface Facts {
  cim(query: CimQuery): Answer<CimRow[]>;
  registry(query: RegistryQuery): Answer<RegistryAnswer>;
  registryKeys(query: RegistryKeysQuery): Answer<RegistryKeysAnswer>;
  registryValues(query: RegistryValuesQuery): Answer<RegistryValuesAnswer>;
}
