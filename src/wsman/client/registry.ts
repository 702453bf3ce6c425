// The registry over CIM: StdRegProv's methods, and what their return values mean (wsman facts: regprov pages of
// Microsoft). A missing key or value is an answer, not an error.
import { fail } from '../../errors/index.js';
import { cimInteger, cimList, cimProperty, cimText, type WireProperties } from '../cim/value.js';
import type { WsmanClient } from './connect.js';

export type RegistryValueType = 'string' | 'expandstring' | 'multistring' | 'dword' | 'qword' | 'binary';

export interface RegistryQuestion {
  hive: 'HKLM' | 'HKU' | 'HKCR';
  /** Without the hive, backslashes, 64-bit view. */
  key: string;
  /** Absent: only whether the key exists. The default value has the empty name. */
  value?: { name: string; type: RegistryValueType };
}

export type RegistryReading =
  | { exists: false; missing: 'key' | 'value' }
  /** The value exists with another type. */
  | { exists: true; otherType: true }
  /** dword and qword are decimal text, binary is lower-case hex; absent where only the key was asked for. */
  | { exists: true; data?: string | string[] };

// winreg.h
const hives = { HKCR: '2147483648', HKLM: '2147483650', HKU: '2147483651' } as const;

interface ValueMethod {
  method: string;
  /** Undefined: the answer does not hold such a value. */
  read(output: WireProperties): string | string[] | undefined;
}

const valueMethods: Record<RegistryValueType, ValueMethod> = {
  string: { method: 'GetStringValue', read: (output) => cimText(cimProperty(output, 'sValue')) ?? '' },
  expandstring: {
    method: 'GetExpandedStringValue',
    read: (output) => cimText(cimProperty(output, 'sValue')) ?? '',
  },
  multistring: {
    method: 'GetMultiStringValue',
    read: (output) => [...cimList(cimProperty(output, 'sValue'))],
  },
  dword: { method: 'GetDWORDValue', read: readNumber },
  qword: { method: 'GetQWORDValue', read: readNumber },
  binary: { method: 'GetBinaryValue', read: readBytes },
};

const typeMismatch = '2147749893';

export async function readRegistry(
  client: Pick<WsmanClient, 'invoke' | 'host'>,
  { hive, key, value }: RegistryQuestion,
): Promise<RegistryReading> {
  const path = `${hive}\\${key}${value === undefined ? '' : ` (${value.name === '' ? 'default value' : value.name})`}`;
  const asked = value === undefined ? null : valueMethods[value.type];
  const output = await client.invoke({
    // The class also lives in root/default; over WS-Management this is the one that tools use.
    namespace: 'root/cimv2',
    className: 'StdRegProv',
    method: asked?.method ?? 'EnumKey',
    input: {
      hDefKey: hives[hive],
      sSubKeyName: key,
      ...(value === undefined ? {} : { sValueName: value.name }),
    },
    readOnly: true,
  });
  const returnValue = cimInteger(cimProperty(output, 'ReturnValue'))?.toString() ?? 'nothing';
  if (returnValue === '2') return { exists: false, missing: 'key' };
  if (returnValue === '1' && asked !== null) return { exists: false, missing: 'value' };
  if (returnValue === typeMismatch && asked !== null) return { exists: true, otherType: true };
  const { host } = client;
  if (returnValue !== '0') {
    throw fail('E_WSMAN_REGISTRY', { host, path, returnValue }, { where: { host } });
  }
  if (asked === null) return { exists: true };
  const data = asked.read(output);
  if (data === undefined) {
    const reason = `no data of the type ${value?.type ?? ''} for ${path}`;
    throw fail('E_WSMAN_PROTOCOL', { host, doing: asked.method, reason }, { where: { host } });
  }
  return { exists: true, data };
}

function readNumber(output: WireProperties): string | undefined {
  return cimInteger(cimProperty(output, 'uValue'))?.toString();
}

/** One decimal number a byte. */
function readBytes(output: WireProperties): string | undefined {
  const bytes = cimList(cimProperty(output, 'uValue')).map(Number);
  if (bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255)) return undefined;
  return Buffer.from(bytes).toString('hex');
}
