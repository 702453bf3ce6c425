// ansible.windows.win_reg_stat 1.14.0 (win_reg_stat.ps1, read): a value of the registry, or a key with all of them.
import type { Machine, RegistryValue } from '../machine.js';
import { registryTypeNames } from '../registry-type-names.js';
import type { ModuleCall } from './call.js';
import type { JsonObject } from './json.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, failJson, type ModuleReply } from './reply.js';

export function winRegStat(call: ModuleCall): ModuleReply {
  const { machine } = call;
  const given = new LegacyArguments(call, { supportsCheckMode: true });
  const path = given.str('path', { required: true, aliases: ['key'] }) ?? '';
  const name = given.str('name', { aliases: ['entry', 'value'] });
  if (!/^HK(CC|CR|CU|LM|U):\\/i.test(path)) {
    return failJson(`path: ${path} is not a valid registry path, see module documentation for examples.`);
  }
  const values = machine.registryValues(path);
  if (values === undefined) return exitJson({ exists: false });
  if (name === null) {
    const properties = Object.fromEntries(values.map((value) => [value.name, describe(machine, value)]));
    return exitJson({ exists: true, properties, sub_keys: machine.registrySubkeys(path) ?? [] });
  }
  const value = machine.registryValue(path, name);
  return value === undefined
    ? exitJson({ exists: false })
    : exitJson({ exists: true, ...describe(machine, value) });
}

function describe(machine: Machine, value: RegistryValue): JsonObject {
  const type = registryTypeNames[value.type];
  switch (value.type) {
    case 'dword':
    case 'qword': {
      const number = BigInt(value.data);
      return { type, value: number, raw_value: number };
    }
    case 'binary': {
      const bytes = Buffer.from(value.data, 'hex');
      const shown = [...bytes].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`);
      return { type, value: [...bytes], raw_value: shown };
    }
    case 'expandstring':
      return { type, value: machine.expandEnvironment(value.data), raw_value: value.data };
    case 'string':
    case 'multistring':
      return { type, value: value.data, raw_value: value.data };
  }
}
