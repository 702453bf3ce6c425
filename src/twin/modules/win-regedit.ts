// ansible.windows.win_regedit 1.14.0 (win_regedit.ps1, read). Not modelled: loading a hive file, the type `none`, and
// the diff that --diff shows.
import type { Machine } from '../machine.js';
import { BasicModule } from './basic.js';
import type { ModuleCall } from './call.js';
import { registryData, RegistryDataError, sameData, type RegistryType } from './registry-data.js';
import type { RegistryData } from '../state.js';
import { notModelled, type ModuleReply } from './reply.js';

const types = ['none', 'binary', 'dword', 'expandstring', 'multistring', 'string', 'qword'] as const;

interface Target {
  module: BasicModule;
  machine: Machine;
  path: string;
  /** Null and '' are both the default value; only null keeps it untouched without data. */
  name: string | null;
}

export function winRegedit(call: ModuleCall): ModuleReply {
  const module = new BasicModule(call, {
    options: {
      path: { type: 'str', required: true, aliases: ['key'] },
      name: { type: 'str', aliases: ['entry', 'value'] },
      data: { type: 'raw' },
      type: { type: 'str', default: 'string', choices: types, aliases: ['datatype'] },
      state: { type: 'str', default: 'present', choices: ['present', 'absent'] },
      delete_key: { type: 'bool', default: true },
      hive: { type: 'path' },
    },
    supportsCheckMode: true,
  });
  module.result['data_changed'] = false;
  module.result['data_type_changed'] = false;
  const given = module.str('name');
  const type = typeOf(module, given);
  const path = pathOf(module);
  if (module.str('hive') !== null) module.fail(notModelled('loading a registry hive from a file'));
  const target: Target = { module, machine: call.machine, path, name: given === '' ? null : given };
  if (module.text('state').toLowerCase() === 'absent') setAbsent(target, module.bool('delete_key'));
  else setPresent(target, dataOf(target, type));
  return module.exit();
}

function typeOf(module: BasicModule, name: string | null): RegistryType {
  const type = module.text('type').toLowerCase();
  if (name === null && type !== 'string') {
    module.warn(
      "the data type when name is not specified can only be 'string', the type has automatically been converted",
    );
    return 'string';
  }
  if (type === 'none') module.fail(notModelled('registry values of type none'));
  return type as RegistryType;
}

function pathOf(module: BasicModule): string {
  const path = module.text('path');
  const parts = /^(HK(?:CC|CR|CU|LM|U)):\\(.*)$/is.exec(path);
  if (parts === null) {
    return module.fail(
      `path: ${path} is not a valid powershell path, see module documentation for examples.`,
    );
  }
  const [, hive = '', below = ''] = parts;
  if (!below.includes('/') || below.includes('\\')) return `${hive}\\${below.replace(/\\+$/, '')}`;
  module.deprecate(
    "path is not using '\\' as a separator, support for '/' as a separator will be removed in a future Ansible version",
    '2021-07-01',
  );
  return `${hive}\\${below.replaceAll('/', '\\')}`;
}

function dataOf({ module, name }: Target, type: RegistryType): RegistryData | null {
  try {
    return registryData(module.raw('data'), type, name);
  } catch (error) {
    if (error instanceof RegistryDataError) return module.fail(error.message);
    throw error;
  }
}

function setPresent({ module, machine, path, name }: Target, wanted: RegistryData | null): void {
  if (!machine.registryKeyExists(path)) {
    module.result['changed'] = true;
    if (module.checkMode) return;
    machine.createRegistryKey(path);
  }
  if (wanted === null) return;
  const existing = machine.registryValue(path, name ?? '');
  if (existing !== undefined) {
    const sameType = existing.type === wanted.type;
    const same = sameData(existing, wanted);
    module.result['data_type_changed'] = !sameType;
    module.result['data_changed'] = !same;
    if (sameType && same) return;
  }
  if (!module.checkMode) machine.setRegistryValue(path, name ?? '', wanted);
  module.result['changed'] = true;
}

function setAbsent({ module, machine, path, name }: Target, deleteKey: boolean): void {
  if (!machine.registryKeyExists(path)) return;
  if (deleteKey && name === null) {
    if (!module.checkMode) machine.deleteRegistryKey(path);
    module.result['changed'] = true;
    return;
  }
  if (machine.registryValue(path, name ?? '') === undefined) return;
  if (!module.checkMode) machine.deleteRegistryValue(path, name ?? '');
  module.result['changed'] = true;
}
