// The type conversions of Ansible.Basic (ansible-core 2.14, module_utils/csharp/Ansible.Basic.cs, Parse*).
import { isObject, type JsonObject } from './json.js';

export type OptionType = 'str' | 'bool' | 'int' | 'list' | 'dict' | 'path' | 'raw';

const trueWords = ['y', 'yes', 'on', '1', 'true', 't', '1.0'];
const falseWords = ['n', 'no', 'off', '0', 'false', 'f', '0.0'];

/** Thrown with the text that stands behind "we were unable to convert to". */
export class ConversionError extends Error {}

export interface ConvertContext {
  /** Replaces `%NAME%` by the variable's value. */
  expand: (text: string) => string;
}

export function convert(value: unknown, type: OptionType, context: ConvertContext): unknown {
  return converters[type](value, context);
}

const converters: Record<OptionType, (value: unknown, context: ConvertContext) => unknown> = {
  raw: (value) => value,
  str: (value) => dotNetText(value),
  bool: (value) => parseBool(value),
  int: (value) => parseInt32(value),
  list: (value) => parseList(value),
  dict: (value) => parseDict(value),
  path: (value, { expand }) => parsePath(dotNetText(value), expand),
};

function parseBool(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const word = dotNetText(value).toLowerCase().trim();
  if (trueWords.includes(word)) return true;
  if (falseWords.includes(word)) return false;
  const known = [...trueWords, ...falseWords].join(', ');
  throw new ConversionError(`The value '${word}' is not a valid boolean. Valid booleans include: ${known}`);
}

function parseInt32(value: unknown): number {
  const text = dotNetText(value).trim();
  if (!/^[+-]?\d+$/.test(text)) throw new ConversionError('Input string was not in a correct format.');
  const number = Number(text);
  if (number > 0x7fffffff || number < -0x80000000) {
    throw new ConversionError('Value was either too large or too small for an Int32.');
  }
  return number;
}

function parseList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value === 'string') return value.split(',').map((item) => item.trim());
  if (dotNetType(value) === 'System.Int32') return [value];
  throw new ConversionError(`${dotNetType(value)} cannot be converted to a list`);
}

function parseDict(value: unknown): JsonObject {
  if (isObject(value)) return value;
  if (typeof value !== 'string')
    throw new ConversionError(`${dotNetType(value)} cannot be converted to a dict`);
  if (value.startsWith('{') && value.endsWith('}')) return dictFromJson(value);
  if (!value.includes('=')) {
    throw new ConversionError(
      'string cannot be converted to a dict, must either be a JSON string or in the key=value form',
    );
  }
  return Object.fromEntries(value.split(/[, ]+/).filter(Boolean).map(keyAndValue));
}

function dictFromJson(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    throw new ConversionError('Invalid object passed in, member name expected.');
  }
}

function keyAndValue(field: string): [string, string | null] {
  const at = field.indexOf('=');
  return at < 0 ? [field, null] : [field.slice(0, at), field.slice(at + 1)];
}

function parsePath(text: string, expand: (text: string) => string): string {
  if (text.startsWith('\\\\?\\')) return text;
  const path = expand(text);
  // .NET's Path.GetInvalidPathChars on Windows: these and the control characters.
  // eslint-disable-next-line no-control-regex
  if (/["<>|\u0000-\u001f]/.test(path)) {
    throw new ConversionError('string value contains invalid path characters, cannot convert to path');
  }
  return path;
}

/** What ToString() gives in the invariant culture. */
export function dotNetText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value.toString();
  return dotNetType(value);
}

/** The type that ConvertFrom-Json of Windows PowerShell makes of a value. */
export function dotNetType(value: unknown): string {
  if (typeof value === 'string') return 'System.String';
  if (typeof value === 'boolean') return 'System.Boolean';
  if (typeof value === 'bigint') return 'System.Int64';
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return 'System.Decimal';
    return value > 0x7fffffff || value < -0x80000000 ? 'System.Int64' : 'System.Int32';
  }
  return Array.isArray(value) ? 'System.Object[]' : 'System.Collections.Hashtable';
}
