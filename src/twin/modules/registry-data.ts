// What win_regedit makes of `data` and `type` before it writes or compares (ansible.windows 1.14.0 win_regedit.ps1,
// read), as the model keeps registry values: numbers as unsigned decimal text, bytes as hex.
import type { RegistryData } from '../state.js';
import { dotNetText } from './basic-convert.js';

export type RegistryType = RegistryData['type'];

/** Thrown with the text that the module ends with. */
export class RegistryDataError extends Error {}

/**
 * The value to write. Null: the default value without data, which writes nothing. A missing `data` is otherwise the
 * type's empty value.
 */
export function registryData(data: unknown, type: RegistryType, name: string | null): RegistryData | null {
  switch (type) {
    case 'binary':
      return { type, data: Buffer.from(bytesOf(data ?? '')).toString('hex') };
    case 'dword':
      return { type, data: dword(integerOf(data ?? 0)).toString() };
    case 'qword':
      return { type, data: qword(integerOf(data ?? 0)).toString() };
    case 'multistring':
      return { type, data: listOf(data ?? null) };
    case 'string':
    case 'expandstring':
      if (data === null) return name === null ? null : { type, data: '' };
      return { type, data: dotNetText(data) };
  }
}

/** Compare-RegistryProperty: lists without regard to case (Compare-Object), single values with it (-cne). */
export function sameData(existing: RegistryData, wanted: RegistryData): boolean {
  const isList = existing.type === 'multistring' || existing.type === 'binary';
  const before = entriesOf(existing);
  const after = entriesOf(wanted);
  if (before.length !== after.length) return false;
  return before.every((entry, index) => {
    const other = after[index] ?? '';
    return isList ? entry.toLowerCase() === other.toLowerCase() : entry === other;
  });
}

function entriesOf(value: RegistryData): string[] {
  if (value.type === 'multistring') return value.data;
  if (value.type === 'binary') return [...Buffer.from(value.data, 'hex')].map(String);
  return [value.data];
}

function dword(value: bigint): bigint {
  if (value > 0xffffffffn)
    throw new RegistryDataError('data cannot be larger than 0xffffffff when type is dword');
  if (value < -0x80000000n) throw new RegistryDataError(tooSmall(value, 'System.Int32'));
  return BigInt.asUintN(32, value);
}

function qword(value: bigint): bigint {
  if (value > 0xffffffffffffffffn) {
    throw new RegistryDataError('data cannot be larger than 0xffffffffffffffff when type is qword');
  }
  if (value < -0x8000000000000000n) throw new RegistryDataError(tooSmall(value, 'System.Int64'));
  return BigInt.asUintN(64, value);
}

function tooSmall(value: bigint, type: string): string {
  return `Cannot convert value "${value.toString()}" to type "${type}".`;
}

/** A text is taken as [UInt64]: decimal or 0x…; a number as it is; true is 1. */
function integerOf(data: unknown): bigint {
  if (typeof data === 'bigint') return data;
  if (typeof data === 'number') return BigInt(Math.round(data));
  if (typeof data === 'boolean') return data ? 1n : 0n;
  const text = dotNetText(data).trim();
  if (/^(\d+|0x[0-9a-f]+)$/i.test(text)) return BigInt(text);
  throw new RegistryDataError(
    `Cannot convert value "${text}" to type "System.UInt64". Error: "Input string was not in a correct format."`,
  );
}

function listOf(data: unknown): string[] {
  if (data === null) return [];
  return Array.isArray(data) ? data.map(dotNetText) : [dotNetText(data)];
}

function bytesOf(data: unknown): number[] {
  if (typeof data === 'string') return hexBytes(data);
  if (Array.isArray(data)) return data.map(byteOf);
  const number = Number(data);
  if (number <= 255) return [byteOf(data)];
  throw new RegistryDataError(
    `cannot convert binary data '${dotNetText(data)}' to byte array, please specify this value as a yaml byte array ` +
      'or a comma separated hex value string',
  );
}

function byteOf(entry: unknown): number {
  const number = Number(dotNetText(entry));
  if (Number.isInteger(number) && number >= 0 && number <= 255) return number;
  throw new RegistryDataError(`Cannot convert value "${dotNetText(entry)}" to type "System.Byte".`);
}

/** As reg.exe exports: `hex:be,ef`, with or without the prefix and the separators. */
function hexBytes(text: string): number[] {
  const hex = text
    .toLowerCase()
    .replace(/^hex:/, '')
    .replace(/[^a-f0-9\\,x\-:]/g, '')
    .replaceAll(',', ':');
  if (hex === '') return [];
  const pieces = hex.includes(':') ? hex.split(/:+/) : hex.length === 1 ? [hex] : (hex.match(/../g) ?? []);
  if (!hex.includes(':') && hex.length > 1 && hex.length % 2 === 1) return [];
  return pieces.map((piece) => {
    if (/^(0x)?[0-9a-f]{1,2}$/.test(piece)) return Number.parseInt(piece, 16);
    throw new RegistryDataError(
      `Exception calling "ToByte" with "2" argument(s): "Could not find any recognizable digits."`,
    );
  });
}
