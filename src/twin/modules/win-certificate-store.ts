// ansible.windows.win_certificate_store 1.14.0 (win_certificate_store.ps1, read), for the machine's stores. Private
// keys are not modelled, and so neither are PKCS #12 files; stores of users and of services are refused by name.
import type { Machine } from '../machine.js';
import { BasicModule, type BasicSpec } from './basic.js';
import type { ModuleCall } from './call.js';
import { readCertificateFile, typeOfFile } from './certificate-file.js';
import { done } from './files.js';
import { notModelled, type ModuleReply } from './reply.js';
import { thumbprintOf } from '../certificate-stores.js';

const spec: BasicSpec = {
  options: {
    state: { type: 'str', default: 'present', choices: ['absent', 'exported', 'present'] },
    path: { type: 'path' },
    thumbprint: { type: 'str' },
    store_name: { type: 'str', default: 'My' },
    store_location: { type: 'str', default: 'LocalMachine' },
    store_type: { type: 'str', default: 'system', choices: ['service', 'system'] },
    password: { type: 'str', noLog: true },
    key_exportable: { type: 'bool', default: true },
    key_storage: { type: 'str', default: 'default', choices: ['default', 'machine', 'user'] },
    file_type: { type: 'str', default: 'der', choices: ['der', 'pem', 'pkcs12'] },
  },
  requiredIf: [
    ['state', 'absent', ['path', 'thumbprint'], 'any'],
    ['state', 'exported', ['path', 'thumbprint']],
    ['state', 'present', ['path']],
  ],
  supportsCheckMode: true,
};

export async function winCertificateStore(call: ModuleCall): Promise<ModuleReply> {
  const module = new BasicModule(call, spec);
  const thumbprints: string[] = [];
  module.result['thumbprints'] = thumbprints;
  const store = openStore(call.machine, module);
  const path = module.str('path');
  switch (module.text('state').toLowerCase()) {
    case 'absent': {
      const wanted =
        path === null
          ? [module.text('thumbprint')]
          : [thumbprintOf(await readCertificateFile(call.machine, module, path))];
      thumbprints.push(...wanted);
      for (const thumbprint of wanted) remove(call.machine, module, store, thumbprint);
      return module.exit();
    }
    case 'exported':
      thumbprints.push(module.text('thumbprint'));
      await exportTo(call.machine, module, store, path ?? '');
      return module.exit();
    default: {
      const der = await readCertificateFile(call.machine, module, path ?? '');
      thumbprints.push(thumbprintOf(der));
      if (find(call.machine, store, thumbprintOf(der)).length > 0) return module.exit();
      if (!module.checkMode) call.machine.addCertificate(store, der);
      module.result['changed'] = true;
      return module.exit();
    }
  }
}

function openStore(machine: Machine, module: BasicModule): string {
  const location = module.text('store_location');
  if (module.text('store_type').toLowerCase() === 'service')
    module.fail(notModelled('certificate stores of services'));
  if (!['currentuser', 'localmachine'].includes(location.toLowerCase()))
    module.fail(
      `value of store_location must be one of: CurrentUser, LocalMachine. Got no match for: ${location}`,
    );
  if (location.toLowerCase() === 'currentuser') module.fail(notModelled('certificate stores of users'));
  const given = module.text('store_name');
  const store = given.toLowerCase() === 'certificateauthority' ? 'CA' : given;
  if (machine.storeCertificates(store) === undefined)
    module.fail(
      `unable to find store '${store}': (CertOpenStore failed (The system cannot find the file specified, Win32ErrorCode 2 - 0x00000002))`,
    );
  return store;
}

/** FindByThumbprint; the same certificate may stand in several physical stores. */
function find(machine: Machine, store: string, thumbprint: string): Buffer[] {
  const wanted = thumbprint.toUpperCase();
  return (machine.storeCertificates(store) ?? []).filter((der) => thumbprintOf(der) === wanted);
}

function remove(machine: Machine, module: BasicModule, store: string, thumbprint: string): void {
  find(machine, store, thumbprint).forEach(() => {
    const outcome = module.checkMode ? { ok: true as const } : machine.removeCertificate(store, thumbprint);
    if (!outcome.ok)
      module.fail(`Unable to remove cert with thumbprint '${thumbprint}': ${outcome.error.message}`);
    module.result['changed'] = true;
  });
}

async function exportTo(machine: Machine, module: BasicModule, store: string, path: string): Promise<void> {
  const thumbprint = module.text('thumbprint');
  const type = module.text('file_type').toLowerCase();
  const there = await machine.stat(path);
  if (there?.isDirectory === true) module.fail(`Cannot export cert to path '${path}' as it is a directory`);
  const content = there === undefined ? undefined : await machine.readFile(path);
  if (content !== undefined && typeOfFile(content, path) === type) {
    const der = await readCertificateFile(machine, module, path);
    if (thumbprintOf(der) === thumbprint.toUpperCase()) return;
  }
  const found = find(machine, store, thumbprint);
  const [der] = found;
  if (der === undefined || found.length !== 1)
    return module.fail(`Found ${found.length} certs when only expecting 1`);
  if (type === 'pkcs12')
    module.fail(
      'Cannot export cert with key as PKCS12 when the key is not marked as exportable or not accessible by the current user',
    );
  module.result['changed'] = true;
  // The module takes away what is there even in check mode.
  if (content !== undefined) done(machine.removePath(path));
  if (!module.checkMode) done(machine.writeFile(path, type === 'pem' ? Buffer.from(pemOf(der)) : der));
}

/** As the module puts it together: lines of .NET's base64, and no line break at the end. */
function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,76}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\r\n');
}
