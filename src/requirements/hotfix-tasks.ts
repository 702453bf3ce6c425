// Tasks that install updates one after another, each with a restart of its own: the next update may need the servicing
// stack that this one brought.
import type { HotfixSpec } from './hotfix-spec.js';
import type { TaskContext } from './kind.js';
import { restartTask } from './restart.js';
import { exitCodes } from './servicing-codes.js';
import type { AnsibleTask } from './task.js';

interface HotfixToInstall {
  spec: HotfixSpec;
  /** What stands above its first task. */
  comments: string[];
}

export function hotfixTasks(hotfixes: readonly HotfixToInstall[], context: TaskContext): AnsibleTask[] {
  if (hotfixes.length === 0) return [];
  // win_hotfix stands on the DISM module for PowerShell, which came with Windows Server 2012 (6.2).
  const [major = 0, minor = 0] = context.os.version.split('.').map(Number);
  if (major > 6 || (major === 6 && minor >= 2)) {
    const asksFirst = hotfixes.some(({ spec }) => spec.supersededBy.length > 0);
    return [...(asksFirst ? [listTask] : []), ...hotfixes.flatMap((one) => byModule(one, context))];
  }
  return [listTask, ...hotfixes.flatMap((one) => byDism(one, context))];
}

function byModule({ spec, comments }: HotfixToInstall, { media }: TaskContext): AnsibleTask[] {
  const { kb, file, supersededBy } = spec;
  const register = registerOf(kb);
  // The module looks whether it is there by itself, and fails where a later update has made it inapplicable.
  const asksFirst = supersededBy.length > 0;
  return [
    {
      name: `Install hotfix ${kb}`,
      comments,
      module: 'community.windows.win_hotfix',
      // With hotfix_kb the module refuses a file that holds another update.
      args: { hotfix_kb: kb, source: `${media}\\hotfixes\\${file}`, state: 'present' },
      register,
      ...(asksFirst && { when: isMissing(spec) }),
    },
    restartTask(
      `Restart where ${kb} asks for it`,
      `${register}.reboot_required${asksFirst ? ' | default(false)' : ''}`,
    ),
  ];
}

/** The list that verification reads too, in no language: a second run then changes nothing. */
const listTask: AnsibleTask = {
  name: 'List the installed hotfixes',
  comments: ['An update that is there, or that a later one holds, is not installed.'],
  module: 'ansible.windows.win_command',
  args: { argv: ['wmic.exe', 'qfe', 'get', 'HotFixID'] },
  register: 'lyncimg_hotfixes',
  keywords: { changed_when: false },
};

/**
 * 2008 R2 has no module for updates. An .msu holds the package as a .cab of its name, which is what DISM can add to a
 * running Windows.
 */
function byDism({ spec, comments }: HotfixToInstall, { media }: TaskContext): AnsibleTask[] {
  const { kb, file } = spec;
  const register = registerOf(kb);
  const folder = `C:\\Windows\\Temp\\lyncimg-${kb.toLowerCase()}`;
  const cabinet = cabinetOf(file);
  const when = isMissing(spec);
  const refused = exitCodes('dism', 'not applicable');
  const known = [...exitCodes('dism', 'installed', 'restart needed'), ...refused];
  const codeOf = `${register}.rc | default(0)`;
  return [
    {
      name: `Make a folder to expand ${kb} in`,
      comments,
      module: 'ansible.windows.win_file',
      args: { path: folder, state: 'directory' },
      when,
    },
    {
      name: `Expand ${kb}`,
      comments: [],
      module: 'ansible.windows.win_command',
      args: {
        argv: ['expand.exe', `-F:${cabinet}`, `${media}\\hotfixes\\${file}`, folder],
        creates: `${folder}\\${cabinet}`,
      },
      when,
    },
    {
      name: `Install hotfix ${kb}`,
      comments: [],
      module: 'ansible.windows.win_command',
      args: {
        argv: [
          'dism.exe',
          '/online',
          '/add-package',
          `/packagepath:${folder}\\${cabinet}`,
          '/quiet',
          '/norestart',
        ],
      },
      register,
      when,
      keywords: { changed_when: true, failed_when: `${register}.rc not in [${known.join(', ')}]` },
    },
    {
      name: `Stop where ${kb} does not apply`,
      comments: [],
      module: 'ansible.builtin.assert',
      args: {
        that: [`${codeOf} not in [${refused.join(', ')}]`],
        fail_msg:
          `${kb} does not apply: the file is for another Windows, something that it requires is missing, ` +
          'or a later update holds it.',
      },
    },
    restartTask(
      `Restart where ${kb} asks for it`,
      `${codeOf} == ${exitCodes('dism', 'restart needed').join()}`,
    ),
    {
      name: `Remove the folder of ${kb}`,
      comments: [],
      module: 'ansible.windows.win_file',
      args: { path: folder, state: 'absent' },
      when,
    },
  ];
}

/** Neither it nor a later one that holds it is in the list. */
function isMissing({ kb, supersededBy }: HotfixSpec): string {
  const numbers = [kb, ...supersededBy].map((number) => `'${number}'`).join(', ');
  return `lyncimg_hotfixes.stdout.split() | intersect([${numbers}]) | length == 0`;
}

/** Microsoft's download servers add the SHA-1 to the name of the .msu; the .cab within does not have it. */
function cabinetOf(file: string): string {
  return `${file.replace(/\.msu$/i, '').replace(/_[0-9a-f]{40}$/i, '')}.cab`;
}

function registerOf(kb: string): string {
  return `lyncimg_${kb.toLowerCase()}`;
}
