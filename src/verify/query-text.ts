// Questions in words: for causes, for --explain, and for the wire's own language.
import type { CimQuery, FactQuery, RegistryQuery, RegistryType } from '../requirements/index.js';

/** For people, in causes: the class, or the key with its value. */
export function queryTitle(query: FactQuery): string {
  if (query.kind === 'cim') return query.className;
  const key = `${query.hive}\\${query.key}`;
  switch (query.kind) {
    case 'registry':
      return query.value === undefined ? key : `${key} [${query.value.name}]`;
    case 'registry-keys':
      return `${key} (its subkeys)`;
    case 'registry-values':
      return `${key} (its values)`;
  }
}

/** As it goes to the host: WQL and its namespace, or the methods of StdRegProv and what they are asked for. */
export function queryText(query: FactQuery): string {
  switch (query.kind) {
    case 'cim':
      return `${wqlOf(query)} (${query.namespace})`;
    case 'registry':
      return registryText(query);
    case 'registry-keys': {
      const values = query.values.map((value) => `${methods[value.type]} [${shownName(value.name)}]`);
      const each = values.length === 0 ? '' : `, of each subkey ${values.join(', ')}`;
      return `StdRegProv.EnumKey ${query.hive}\\${query.key}${each}`;
    }
    case 'registry-values':
      return `StdRegProv.EnumValues ${query.hive}\\${query.key}, each that is text`;
  }
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
  return `StdRegProv.${methods[value.type]} ${path} [${shownName(value.name)}]`;
}

function shownName(name: string): string {
  return name === '' ? '(Default)' : name;
}
