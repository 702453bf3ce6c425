// Rounds of Windows Update, each with the restart that it asks for, until nothing is left.
//
// The rounds stand in the playbook one by one. With `reboot: true` win_updates goes round by itself, but without a
// limit; and Ansible's `until` cannot stand in for one, because the module's action plugin (ansible.windows 1.14.0)
// counts what earlier tries found too, so that its count never falls to nothing.
import { hotfixTasks } from './hotfix-tasks.js';
import type { TaskContext } from './kind.js';
import { restartTask } from './restart.js';
import type { AnsibleTask, TaskValue } from './task.js';
import type { FolderUpdates, OnlineUpdates, UpdatesSpec } from './updates-spec.js';

const register = 'lyncimg_updates';
/** A round that is left out registers no count. */
const found = `${register}.found_update_count | default(0)`;

export function updatesTasks(spec: UpdatesSpec, comments: string[], context: TaskContext): AnsibleTask[] {
  return spec.from === 'folder' ? fromFolder(spec, comments, context) : byWindowsUpdate(spec, comments);
}

function fromFolder({ files }: FolderUpdates, comments: string[], context: TaskContext): AnsibleTask[] {
  const wanted = files.map((spec, index) => ({ spec, comments: index === 0 ? comments : [] }));
  return hotfixTasks(wanted, context);
}

function byWindowsUpdate(spec: OnlineUpdates, comments: string[]): AnsibleTask[] {
  const numbers = Array.from({ length: spec.rounds }, (_, index) => index + 1);
  return [
    ...numbers.flatMap((number) => round(spec, number, number === 1 ? comments : [])),
    {
      name: 'Stop where Windows Update still finds updates',
      comments: [],
      module: 'ansible.builtin.assert',
      args: {
        that: [`${found} == 0`],
        fail_msg: `Windows Update still found updates in round ${spec.rounds} of ${spec.rounds}: see its results above.`,
      },
    },
  ];
}

function round(spec: OnlineUpdates, number: number, comments: string[]): AnsibleTask[] {
  return [
    {
      name: `Install what Windows Update finds, round ${number} of ${spec.rounds}`,
      comments,
      module: 'ansible.windows.win_updates',
      args: argumentsOf(spec),
      register,
      ...(number > 1 && { when: `${found} > 0` }),
      // An update that failed is tried again after a restart, which is what most of them want; where not even a search
      // succeeded, another round would not either.
      keywords: { failed_when: `${register} is failed and ${found} == 0` },
    },
    restartTask(
      `Restart after round ${number} where an update asks for it or failed`,
      `${register}.reboot_required | default(false) or ${register}.failed_update_count | default(0) > 0`,
    ),
  ];
}

function argumentsOf({ from, categories, accept, reject }: OnlineUpdates): Record<string, TaskValue> {
  return {
    server_selection: from === 'wsus' ? 'managed_server' : 'windows_update',
    category_names: categories,
    ...(accept.length > 0 && { accept_list: accept }),
    reject_list: reject,
    state: 'installed',
    reboot: false,
  };
}
