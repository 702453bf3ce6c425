// Questions in words: for causes, for --explain, and for the wire's own language.
import type { CimQuery, FactQuery, RegistryQuery, RegistryType } from '../requirements/index.js';

/** For people, in causes: the class, or the key with its value. */
export function queryTitle(query: FactQuery): string {
  if (query.kind === 'cim') return query.className;
  const key = `${query.hive}\\${query.key}`;
  return query.value === undefined ? key : `${key} [${query.value.name}]`;
}

/** As it goes to the host: WQL and its namespace, or the method of StdRegProv and what it is asked for. */
export function queryText(query: FactQuery): string {
  return query.kind === 'cim' ? `${wqlOf(query)} (${query.namespace})` : registryText(query);
}

function wqlOf({ className, properties, where }: CimQuery): string {
  return `select ${properties.join(',')} from ${className}${where === undefined ? '' : ` where ${where}`}`;
}

const methods: Readonly<Record<RegistryType, string>> = {
  string: 'GetStringValue',
  expandstring: 'GetExpandedStringValue',
  multistring: 'GetMultiStringValue',
  dword: 'GetDWORDValue',
  qword: 'GetQWORDValue',
  binary: 'GetBinaryValue',
};

function registryText({ hive, key, value }: RegistryQuery): string {
  const path = `${hive}\\${key}`;
  if (value === undefined) return `StdRegProv.EnumKey ${path}`;
  return `StdRegProv.${methods[value.type]} ${path} [${value.name === '' ? '(Default)' : value.name}]`;
}
