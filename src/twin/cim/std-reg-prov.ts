// StdRegProv: the registry by method calls. Return codes: 0 fine, 1 no such value, 2 no such key, 6 bad root key,
// 2147749893 the value has another type, 87 bad parameter (Microsoft's regprov pages; 1, 6 and 87 medium). A model: no
// public recording shows its answers on this wire.
import {
  cimInteger,
  cimProperty,
  cimText,
  WsmanFault,
  type CimValue,
  type WireProperties,
} from '../../wsman/index.js';
import type { Machine, RegistryValue } from '../machine.js';

type Output = Readonly<Record<string, CimValue>>;

const hives = new Map<bigint, string>([
  [2147483648n, 'HKCR'],
  [2147483649n, 'HKCU'],
  [2147483650n, 'HKLM'],
  [2147483651n, 'HKU'],
  [2147483653n, 'HKCC'],
]);

const typeNumbers: Readonly<Record<RegistryValue['type'], number>> = {
  string: 1,
  expandstring: 2,
  binary: 3,
  dword: 4,
  multistring: 7,
  qword: 11,
};

interface Reader {
  output: 'sValue' | 'uValue';
  read(value: RegistryValue, machine: Machine): CimValue | undefined;
}

/** Each answers undefined for a value of another type. */
const readers: Readonly<Record<string, Reader>> = {
  getstringvalue: {
    output: 'sValue',
    read: (value) => (value.type === 'string' ? value.data : undefined),
  },
  getexpandedstringvalue: {
    output: 'sValue',
    read: (value, machine) =>
      value.type === 'expandstring' ? machine.expandEnvironment(value.data) : undefined,
  },
  getmultistringvalue: {
    output: 'sValue',
    read: (value) => (value.type === 'multistring' ? value.data : undefined),
  },
  getdwordvalue: {
    output: 'uValue',
    read: (value) => (value.type === 'dword' ? Number(value.data) : undefined),
  },
  getqwordvalue: {
    output: 'uValue',
    read: (value) => (value.type === 'qword' ? BigInt(value.data) : undefined),
  },
  getbinaryvalue: {
    output: 'uValue',
    read: (value) => (value.type === 'binary' ? [...Buffer.from(value.data, 'hex')] : undefined),
  },
};

const missingKey = 2;
const missingValue = 1;
const badRoot = 6;
const badParameter = 87;
const otherType = 2147749893;

export function invokeStdRegProv(machine: Machine, method: string, input: WireProperties): Output {
  const name = method.toLowerCase();
  const reader = readers[name];
  if (reader === undefined && !['enumkey', 'enumvalues', 'checkaccess'].includes(name))
    throw new WsmanFault('ACTION_NOT_SUPPORTED', {
      message: `StdRegProv has no method ${method} that the twin models.`,
    });
  const key = keyPath(input);
  if (typeof key === 'number') return { ReturnValue: key };
  if (!machine.registryKeyExists(key)) return { ReturnValue: missingKey };
  if (reader !== undefined) return typedValue(machine, key, reader, input);
  if (name === 'checkaccess') return { ReturnValue: 0, bGranted: true };
  if (name === 'enumkey') return { ReturnValue: 0, sNames: machine.registrySubkeys(key) ?? [] };
  return valueNames(machine.registryValues(key) ?? []);
}

function typedValue(machine: Machine, key: string, reader: Reader, input: WireProperties): Output {
  const value = machine.registryValue(key, cimText(cimProperty(input, 'sValueName')) ?? '');
  if (value === undefined) return { ReturnValue: missingValue };
  const data = reader.read(value, machine);
  return data === undefined ? { ReturnValue: otherType } : { ReturnValue: 0, [reader.output]: data };
}

/** A key with nothing but its default value answers an empty list (a known quirk of the provider). */
function valueNames(values: RegistryValue[]): Output {
  const shown = values.length === 1 && values[0]?.name === '' ? [] : values;
  return {
    ReturnValue: 0,
    sNames: shown.map(({ name }) => name),
    Types: shown.map(({ type }) => typeNumbers[type]),
  };
}

/** `HKLM\SOFTWARE\X`, or the code of what is wrong with the question. */
function keyPath(input: WireProperties): string | number {
  const root = cimProperty(input, 'hDefKey');
  const number = root === undefined ? 2147483650n : cimInteger(root);
  const hive = number === null ? undefined : hives.get(number);
  if (hive === undefined) return badRoot;
  const key = cimText(cimProperty(input, 'sSubKeyName')) ?? '';
  if (key.length > 1024) return badParameter;
  return `${hive}\\${key.replace(/\\+$/, '')}`;
}
