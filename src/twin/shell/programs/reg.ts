// reg.exe add, query and delete, for one value or key of this machine. Texts: the tool's own (public logs, high).
import type { Machine, RegistryValue } from '../../machine.js';
import { registryTypeNames } from '../../registry-type-names.js';
import type { RegistryData } from '../../state.js';
import { failed, succeeded, type CommandResult } from '../result.js';
import { readSwitches } from './switches.js';

type Values = Map<string, string>;

const done = 'The operation completed successfully.\r\n';

export function runReg(machine: Machine, words: string[]): CommandResult | undefined {
  const [verb, key, ...rest] = words;
  const read = readSwitches(rest, { flags: ['f', 've', 'reg:64'], valued: ['v', 't', 'd'] });
  if (key === undefined || read === undefined || !/^(HK\w+)\\/i.test(key)) return undefined;
  const name = read.values.has('ve') ? '' : read.values.get('v');
  switch (verb?.toLowerCase()) {
    case 'add':
      return add(machine, key, name, read.values);
    case 'query':
      return query(machine, key, name);
    case 'delete':
      // Without /f the tool asks, and nobody is there to answer.
      return read.values.has('f') ? remove(machine, key, name) : undefined;
    case undefined:
    default:
      return undefined;
  }
}

function add(
  machine: Machine,
  key: string,
  name: string | undefined,
  values: Values,
): CommandResult | undefined {
  if (name === undefined) machine.createRegistryKey(key);
  else {
    // Without /f it asks before it overwrites.
    if (!values.has('f') && machine.registryValue(key, name) !== undefined) return undefined;
    const data = dataOf(values.get('t') ?? 'REG_SZ', values.get('d') ?? '');
    if (data === undefined) return undefined;
    machine.setRegistryValue(key, name, data);
  }
  return succeeded(done);
}

function dataOf(type: string, text: string): RegistryData | undefined {
  switch (type.toUpperCase()) {
    case 'REG_SZ':
      return { type: 'string', data: text };
    case 'REG_EXPAND_SZ':
      return { type: 'expandstring', data: text };
    case 'REG_DWORD': {
      if (!/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) || Number(text) > 0xffffffff) return undefined;
      return { type: 'dword', data: String(Number(text)) };
    }
    case 'REG_BINARY':
      return /^([0-9a-f]{2})*$/i.test(text) ? { type: 'binary', data: text.toLowerCase() } : undefined;
    default:
      return undefined;
  }
}

function query(machine: Machine, key: string, name: string | undefined): CommandResult {
  const values = name === undefined ? machine.registryValues(key) : oneOf(machine.registryValue(key, name));
  if (values === undefined) return notFound();
  const lines = values.map(
    (value) => `    ${value.name || '(Default)'}    ${registryTypeNames[value.type]}    ${shown(value)}`,
  );
  const below =
    name === undefined ? (machine.registrySubkeys(key) ?? []).map((child) => `${key}\\${child}`) : [];
  return succeeded(`\r\n${[key, ...lines, '', ...below].join('\r\n')}\r\n`);
}

function oneOf(value: RegistryValue | undefined): RegistryValue[] | undefined {
  return value === undefined ? undefined : [value];
}

function shown(value: RegistryValue): string {
  if (value.type === 'multistring') return value.data.join('\\0');
  if (value.type === 'dword' || value.type === 'qword') return `0x${BigInt(value.data).toString(16)}`;
  return value.type === 'binary' ? value.data.toUpperCase() : value.data;
}

function remove(machine: Machine, key: string, name: string | undefined): CommandResult {
  const isGone = name === undefined ? machine.deleteRegistryKey(key) : machine.deleteRegistryValue(key, name);
  return isGone ? succeeded(done) : notFound();
}

function notFound(): CommandResult {
  return failed('ERROR: The system was unable to find the specified registry key or value.\r\n');
}
