// The registry over CIM: StdRegProv's methods, and what their return values mean (Microsoft's regprov pages). A missing
// key or value is an answer, not an error.
import { fail } from '../../errors/index.js';
import { cimInteger, cimList, cimProperty, cimText } from '../cim/read.js';
import type { CimValue, WireProperties } from '../cim/value.js';
import type { MethodCall } from './invoke.js';
import { protocol } from './network-failure.js';
import type { OperationOptions } from './options.js';
import { keyOfView, type RegistryView } from './registry-view.js';

export type RegistryValueType = 'string' | 'expandstring' | 'multistring' | 'dword' | 'qword' | 'binary';

export interface RegistryKey {
  hive: 'HKLM' | 'HKU' | 'HKCR';
  /** Without the hive, with backslashes. */
  key: string;
  /** Whose view of the key: that of 64-bit programs unless said otherwise. See registry-view.ts. */
  view?: RegistryView;
}

export interface RegistryQuestion extends RegistryKey {
  /** Absent: only whether the key exists. The default value has the empty name. */
  value?: { name: string; type: RegistryValueType };
}

export type RegistryReading =
  | { exists: false; missing: 'key' | 'value' }
  /** The value exists with another type. */
  | { exists: true; otherType: true }
  /** dword and qword are decimal text, binary is lower-case hex; absent where only the key was asked for. */
  | { exists: true; data?: string | string[] };

export interface RegistryEntry {
  /** '' for the default value. */
  name: string;
  /** Null for a type that has no method to read it. */
  type: RegistryValueType | null;
  /** The number of winnt.h, e.g. 1 for REG_SZ. */
  typeNumber: number;
}

type Missing = { exists: false; missing: 'key' };
export type RegistryKeys = Missing | { exists: true; keys: string[] };
export type RegistryValues = Missing | { exists: true; values: RegistryEntry[] };

/** What the registry is asked through: a client. */
export interface Invoker {
  readonly host: string;
  invoke(call: MethodCall, how?: OperationOptions): Promise<WireProperties>;
}

// winreg.h
const hives = { HKCR: 2147483648, HKLM: 2147483650, HKU: 2147483651 } as const;

// winnt.h
const types: ReadonlyMap<bigint, RegistryValueType> = new Map([
  [1n, 'string'],
  [2n, 'expandstring'],
  [3n, 'binary'],
  [4n, 'dword'],
  [7n, 'multistring'],
  [11n, 'qword'],
]);

interface ValueMethod {
  method: string;
  /** Undefined: the answer does not hold such a value. */
  read(output: WireProperties): string | string[] | undefined;
}

const valueMethods: Record<RegistryValueType, ValueMethod> = {
  string: { method: 'GetStringValue', read: readText },
  expandstring: { method: 'GetExpandedStringValue', read: readText },
  multistring: { method: 'GetMultiStringValue', read: (output) => readTexts(output, 'sValue') },
  dword: { method: 'GetDWORDValue', read: readNumber },
  qword: { method: 'GetQWORDValue', read: readNumber },
  binary: { method: 'GetBinaryValue', read: readBytes },
};

const fine = '0';
const missingValue = '1';
const missingKey = '2';
/** WBEM_E_TYPE_MISMATCH */
const typeMismatch = '2147749893';

/** One value, or whether a key exists. */
export async function readRegistry(
  client: Invoker,
  question: RegistryQuestion,
  how?: OperationOptions,
): Promise<RegistryReading> {
  const { value } = question;
  const asked = value === undefined ? null : valueMethods[value.type];
  const method = asked?.method ?? 'EnumKey';
  const input: Record<string, CimValue> = value === undefined ? {} : { sValueName: value.name };
  const { output, returnValue } = await call(client, { ...question, method, input }, how);
  if (returnValue === missingKey) return { exists: false, missing: 'key' };
  if (returnValue === missingValue && asked !== null) return { exists: false, missing: 'value' };
  if (returnValue === typeMismatch && asked !== null) return { exists: true, otherType: true };
  const suffix = value === undefined ? '' : ` (${value.name === '' ? 'default value' : value.name})`;
  const path = `${pathOf(question)}${suffix}`;
  assertFine(client, path, returnValue);
  if (asked === null) return { exists: true };
  const data = asked.read(output);
  if (data === undefined) {
    const reason = `no data of the type ${value?.type ?? ''} for ${path}`;
    throw protocol(client.host, method, reason);
  }
  return { exists: true, data };
}

/** The names of the keys below a key. */
export async function listKeys(
  client: Invoker,
  key: RegistryKey,
  how?: OperationOptions,
): Promise<RegistryKeys> {
  const { output, returnValue } = await call(client, { ...key, method: 'EnumKey' }, how);
  if (returnValue === missingKey) return { exists: false, missing: 'key' };
  assertFine(client, pathOf(key), returnValue);
  const keys = readTexts(output, 'sNames');
  if (keys === undefined) throw protocol(client.host, 'EnumKey', `no names of the keys of ${pathOf(key)}`);
  return { exists: true, keys };
}

/**
 * The names and types of the values of a key. The provider tells of none where a key has its default value alone: ask
 * for that one by readRegistry.
 */
export async function listValues(
  client: Invoker,
  key: RegistryKey,
  how?: OperationOptions,
): Promise<RegistryValues> {
  const { output, returnValue } = await call(client, { ...key, method: 'EnumValues' }, how);
  if (returnValue === missingKey) return { exists: false, missing: 'key' };
  assertFine(client, pathOf(key), returnValue);
  const names = readTexts(output, 'sNames');
  const numbers = cimList(cimProperty(output, 'Types')).map(cimInteger);
  if (names?.length !== numbers.length || numbers.includes(null)) {
    throw protocol(client.host, 'EnumValues', `names and types that do not go together for ${pathOf(key)}`);
  }
  const values = names.map((name, index): RegistryEntry => {
    const number = numbers[index] ?? 0n;
    return { name, type: types.get(number) ?? null, typeNumber: Number(number) };
  });
  return { exists: true, values };
}

interface RegistryCall extends RegistryKey {
  method: string;
  input?: Readonly<Record<string, CimValue>>;
}

async function call(
  client: Invoker,
  { method, input = {}, ...key }: RegistryCall,
  how: OperationOptions | undefined,
): Promise<{ output: WireProperties; returnValue: string }> {
  const output = await client.invoke(
    {
      // The class also lives in root/default; over WS-Management this is the one that tools use.
      ...{ namespace: 'root/cimv2', className: 'StdRegProv', method, readOnly: true },
      input: { hDefKey: hives[key.hive], sSubKeyName: keyIn(key), ...input },
    },
    how,
  );
  return { output, returnValue: cimInteger(cimProperty(output, 'ReturnValue'))?.toString() ?? 'nothing' };
}

function assertFine({ host }: Invoker, path: string, returnValue: string): void {
  if (returnValue !== fine) throw fail('E_WSMAN_REGISTRY', { host, path, returnValue }, { where: { host } });
}

function keyIn({ hive, key, view = '64' }: RegistryKey): string {
  return keyOfView(hive, key, view);
}

/** For messages. */
export function pathOf(key: RegistryKey): string {
  return `${key.hive}\\${keyIn(key)}`;
}

/** Providers send an empty string as nothing. */
function readText(output: WireProperties): string {
  return cimText(cimProperty(output, 'sValue')) ?? '';
}

function readTexts(output: WireProperties, name: string): string[] | undefined {
  const texts = cimList(cimProperty(output, name)).map(cimText);
  return texts.every((text) => text !== null) ? texts : undefined;
}

function readNumber(output: WireProperties): string | undefined {
  return cimInteger(cimProperty(output, 'uValue'))?.toString();
}

/** One decimal number a byte. */
function readBytes(output: WireProperties): string | undefined {
  const bytes = cimList(cimProperty(output, 'uValue')).map((item) => Number(cimInteger(item) ?? -1n));
  if (bytes.some((byte) => byte < 0 || byte > 255)) return undefined;
  return Buffer.from(bytes).toString('hex');
}
