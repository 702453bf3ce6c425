// ansible.windows.win_package 1.14.0 (win_package.ps1, read) for installers on the machine's own drives: which provider
// a file has, whether it is installed, and the process that installs it. What an installer does is the machine's.
import type { InstallerFile, Machine } from '../machine.js';
import { splitWords } from '../shell/command-words.js';
import { leafOf } from '../shell/windows-path.js';
import { BasicModule, type BasicSpec } from './basic.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { webRequestOptions } from './web-request-options.js';
import { escapedArgument } from './escaped-argument.js';
import { notModelled, type ModuleReply } from './reply.js';

const spec: BasicSpec = {
  options: {
    arguments: { type: 'raw' },
    expected_return_code: { type: 'list', elements: 'int', default: [0, 3010] },
    path: { type: 'str' },
    chdir: { type: 'path' },
    product_id: { type: 'str', aliases: ['productid'] },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], aliases: ['ensure'] },
    username: { type: 'str', aliases: ['user_name'] },
    password: { type: 'str', noLog: true, aliases: ['user_password'] },
    creates_path: { type: 'path' },
    creates_version: { type: 'str' },
    creates_service: { type: 'str' },
    log_path: { type: 'path' },
    provider: { type: 'str', default: 'auto', choices: ['msi', 'msix', 'msp', 'registry', 'auto'] },
    wait_for_children: { type: 'bool', default: false },
    url_method: { type: 'str' },
    follow_redirects: { type: 'str', choices: ['all', 'none', 'safe'], default: 'safe' },
    ...webRequestOptions,
    url_timeout: { type: 'int', default: 30 },
    url_username: { type: 'str' },
    url_password: { type: 'str', noLog: true },
  },
  requiredBy: { creates_version: ['creates_path'] },
  requiredIf: [
    ['state', 'present', ['path']],
    ['state', 'absent', ['path', 'product_id'], 'any'],
  ],
  supportsCheckMode: true,
};

interface Status {
  provider: 'msi' | 'registry';
  id: string;
  installed: boolean;
}

export async function winPackage(call: ModuleCall): Promise<ModuleReply> {
  const module = new BasicModule(call, spec);
  const { machine } = call;
  module.result['reboot_required'] = false;
  const path = module.str('path');
  if (path !== null && /^(https?:|\\\\|\/\/)/i.test(path)) {
    module.fail(notModelled(`win_package with a path of the network (${path})`));
  }
  if (path !== null && (await machine.stat(path)) === undefined) {
    module.fail(`the file at the path '${path}' cannot be reached`);
  }
  const status = await statusOf(machine, module, path);
  const isWanted = module.text('state').toLowerCase() === 'present';
  const changed = isWanted !== status.installed;
  module.result['rc'] = 0;
  if (changed && isWanted) await install(machine, module, status.provider, path ?? '');
  if (changed && !isWanted) remove(machine, module, status);
  module.result['changed'] = changed;
  return module.exit();
}

/** Get-InstalledStatus: what `creates_…` says wins over what the provider found. */
async function statusOf(machine: Machine, module: BasicModule, path: string | null): Promise<Status> {
  const provider = module.text('provider').toLowerCase();
  if (provider === 'msix' || provider === 'msp') module.fail(notModelled(`win_package with ${provider}`));
  const status =
    path === null
      ? statusOfId(machine, provider, module.text('product_id'))
      : await statusOfFile(machine, module, path);
  const creates = module.str('creates_path');
  if (creates !== null) status.installed = await doesExist(machine, module, creates);
  const service = module.str('creates_service');
  if (service !== null) status.installed = machine.service(service) !== undefined;
  return status;
}

async function doesExist(machine: Machine, module: BasicModule, path: string): Promise<boolean> {
  const found = await machine.stat(path);
  if (found === undefined || module.str('creates_version') === null) return found !== undefined;
  if (found.isDirectory)
    throw new Error('creates_path must be a file not a directory when creates_version is set');
  return module.fail(notModelled(`the version of the file ${path}`));
}

function statusOfId(machine: Machine, provider: string, id: string): Status {
  const isProduct = provider !== 'registry' && machine.isProductInstalled(id);
  if (isProduct || provider === 'msi') return { provider: 'msi', id, installed: isProduct };
  return { provider: 'registry', id, installed: isInRegistry(machine, id) };
}

async function statusOfFile(machine: Machine, module: BasicModule, path: string): Promise<Status> {
  const given = module.text('provider').toLowerCase();
  if (given === 'auto' && /\.(appx|appxbundle|msix|msixbundle|msp)$/i.test(path)) {
    module.fail(notModelled(`win_package with ${leafOf(path)}`));
  }
  const file = await machine.installerFile(path);
  if (given === 'registry' || (given === 'auto' && file?.kind !== 'msi')) {
    const id = module.text('product_id');
    return { provider: 'registry', id, installed: id !== '' && isInRegistry(machine, id) };
  }
  const id = productCode(module, file, path);
  return { provider: 'msi', id, installed: machine.isProductInstalled(id) };
}

/** ERROR_INSTALL_PACKAGE_INVALID (1620) for a file that is no MSI. */
function productCode(module: BasicModule, file: InstallerFile | undefined, path: string): string {
  if (file?.kind !== 'msi') {
    throw new Error(
      'Exception calling "OpenPackage" with "2" argument(s): "This installation package could not be opened. ' +
        'Contact the application vendor to verify that this is a valid Windows Installer package"',
    );
  }
  return file.productCode ?? module.fail(notModelled(`the installer ${leafOf(path)}`));
}

function isInRegistry(machine: Machine, id: string): boolean {
  return [
    'HKLM:\\SOFTWARE',
    'HKLM:\\SOFTWARE\\Wow6432Node',
    'HKCU:\\SOFTWARE',
    'HKCU:\\SOFTWARE\\Wow6432Node',
  ].some((branch) =>
    machine.registryKeyExists(`${branch}\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${id}`),
  );
}

async function install(
  machine: Machine,
  module: BasicModule,
  provider: Status['provider'],
  path: string,
): Promise<void> {
  const file = await machine.installerFile(path);
  if (file === undefined || file.kind === 'other' || (provider === 'registry' && file.kind === 'msi')) {
    throw new Error(
      `CreateProcessW() failed (%1 is not a valid Win32 application, Win32ErrorCode 193 - 0x000000C1): ${path}`,
    );
  }
  if (file.title === null) module.fail(notModelled(`the installer ${leafOf(path)}`));
  if (module.checkMode) return;
  const given = argumentsOf(module);
  const outcome = await machine.runInstaller({ path, words: splitWords(given) });
  const { exitCode, reason } = outcome ?? module.fail(notModelled(`the installer ${leafOf(path)}`));
  module.result['rc'] = exitCode;
  if ((module.list('expected_return_code') ?? []).includes(exitCode)) {
    module.result['failed'] = false;
    if (exitCode === 3010) module.result['reboot_required'] = true;
    return;
  }
  module.result['stdout'] = '';
  module.result['stderr'] = '';
  // An EXE leaves no log that the module knows; msiexec's says in its last lines why it stopped.
  if (provider === 'msi')
    module.result['log'] = `${reason ?? ''}\r\nMainEngineThread is returning ${exitCode}\r\n`;
  const command = commandOf(machine, module, provider, path);
  module.fail(
    `unexpected rc from '${[command, given].filter((part) => part !== '').join(' ')}': ` +
      'see rc, stdout, and stderr for more details',
  );
}

function commandOf(
  machine: Machine,
  module: BasicModule,
  provider: Status['provider'],
  path: string,
): string {
  if (provider === 'registry') return escapedArgument(path);
  const log = module.str('log_path') ?? machine.expandEnvironment('%TEMP%\\msiexec.log');
  const words = ['C:\\Windows\\System32\\msiexec.exe', '/i', path, '/L*V', log, '/qn', '/norestart'];
  return words.map(escapedArgument).join(' ');
}

function argumentsOf(module: BasicModule): string {
  const given = module.raw('arguments');
  if (given === null) return '';
  if (Array.isArray(given)) return given.map((word) => escapedArgument(dotNetText(word))).join(' ');
  return dotNetText(given);
}

function remove(machine: Machine, module: BasicModule, { provider, id }: Status): void {
  if (provider === 'registry') module.fail(notModelled(`the removal of ${id} by its own program`));
  if (!module.checkMode) machine.removeProduct(id);
}
