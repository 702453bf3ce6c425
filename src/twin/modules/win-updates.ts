// ansible.windows.win_updates 1.14.0 (win_updates.ps1, read): starts the work in the background and answers at once with
// the file that the action plugin polls. On the twin the work is done when the module answers.
import { randomUUID } from 'node:crypto';
import { joinPath } from '../shell/windows-path.js';
import { BasicModule, type BasicSpec } from './basic.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { notModelled, type ModuleReply } from './reply.js';
import { runUpdates, type UpdateWishes } from './win-updates-run.js';

const spec: BasicSpec = {
  options: {
    accept_list: { type: 'list', elements: 'str', aliases: ['whitelist'] },
    category_names: {
      type: 'list',
      elements: 'str',
      default: ['CriticalUpdates', 'SecurityUpdates', 'UpdateRollups'],
    },
    log_path: { type: 'path' },
    reject_list: { type: 'list', elements: 'str', aliases: ['blacklist'] },
    server_selection: {
      type: 'str',
      choices: ['default', 'managed_server', 'windows_update'],
      default: 'default',
    },
    state: { type: 'str', choices: ['installed', 'searched', 'downloaded'], default: 'installed' },
    skip_optional: { type: 'bool', default: false },
    // These are the action plugin's business.
    reboot: { type: 'bool', default: false },
    reboot_timeout: { type: 'int', default: 1200 },
    use_scheduled_task: { type: 'bool', default: false },
    _wait: { type: 'bool', default: false },
    _output_path: { type: 'str' },
  },
  supportsCheckMode: true,
};

/** Names without their space, as they were once written. */
const oldNames: Readonly<Record<string, string>> = {
  criticalupdates: 'Critical Updates',
  definitionupdates: 'Definition Updates',
  developerkits: 'Developer Kits',
  featurepacks: 'Feature Packs',
  securityupdates: 'Security Updates',
  servicepacks: 'Service Packs',
  updaterollups: 'Update Rollups',
};

export async function winUpdates(call: ModuleCall): Promise<ModuleReply> {
  const module = new BasicModule(call, spec);
  const { machine } = call;
  const folder = module.str('_output_path');
  if (module.bool('_wait') || folder === null) {
    return module.fail(notModelled('win_updates without its action plugin'));
  }
  if (module.str('log_path') !== null) module.fail(notModelled('win_updates with log_path'));
  if ((await machine.stat(folder))?.isDirectory !== true) {
    module.result['recreate_tmpdir'] = true;
    module.fail(`Module tmpdir '${folder}' does not exist`);
  }
  const lines = runUpdates(machine, wishesOf(module));
  const outputPath = joinPath(folder.replace(/\\\.$/, ''), 'output.txt');
  const text = lines.map((line) => `${JSON.stringify(line)}\r\n`).join('');
  const outcome = machine.writeFile(outputPath, Buffer.from(text));
  if (!outcome.ok) throw new Error(outcome.error.message);
  module.result['output_path'] = outputPath;
  module.result['task_pid'] = 4120;
  module.result['cancel_id'] = `Global\\Ansible.Windows.WinUpdates-${randomUUID()}`;
  return module.exit();
}

function wishesOf(module: BasicModule): UpdateWishes {
  const texts = (name: string): string[] => (module.list(name) ?? []).map(dotNetText);
  return {
    categories: texts('category_names').map((name) => oldNames[name.toLowerCase()] ?? name),
    accept: texts('accept_list'),
    reject: texts('reject_list'),
    server: module.text('server_selection').toLowerCase(),
    state: module.text('state').toLowerCase(),
    skipOptional: module.bool('skip_optional'),
    checkMode: module.checkMode,
  };
}
