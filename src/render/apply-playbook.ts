// What `apply` runs against a machine that has its owner: the tasks of the needs that it does not meet, layer by layer as a
// bake installs them. Nothing keys or un-keys: listener, certificate and password stay as they are.
//
// Without leave to restart the play ends at the first restart that a module asks for, with a task that fails by intention:
// each task was written for the Windows that the restart before it leaves, and Windows refuses most of them until then.
import type { Layer, Plan } from '../plan/index.js';
import type { Platform } from '../platforms/index.js';
import { restartTask, type AnsibleTask, type Requirement } from '../requirements/index.js';
import { applyInventory, type ApplyTransport } from './apply-inventory.js';
import { bringingTasks, removingTasks } from './apply-media.js';
import { isRestart, tasksToApply, type ApplyContext } from './apply-tasks.js';
import type { HandWritten } from './hand-written.js';
import { plainName } from './text.js';
import { writePlaybook, type PlaybookEntry } from './yaml.js';

export interface ApplyRequest extends ApplyContext {
  plan: Pick<Plan, 'os' | 'role' | 'netfx3Source'>;
  platform: Pick<Platform, 'mediaDrive' | 'sxsPath'>;
  /** What is to be installed of each layer, the first layer first. */
  layers: readonly { name: string; requirements: readonly Requirement[] }[];
  /** The files that these need. */
  media: Layer['media'];
  transport: ApplyTransport;
  /** The machine may be restarted. */
  reboot: boolean;
  /** It waits for a restart now. */
  restartFirst: boolean;
  handWritten: HandWritten;
}

export interface RenderedApply {
  /** Path with forward slashes -> text: `playbook.yml` is what is run. Nothing secret is in it. */
  files: Map<string, string>;
  /** Names of tasks that bring files and take them away again: no change of the machine. */
  errands: ReadonlySet<string>;
  /** The one of them after which no file is left; null where none is brought. */
  removal: string | null;
}

const stopsHere = 'Stop here: ';

/** The restart before which a play without leave to restart ended; null for any other task that failed. */
export function restartHeldBack(task: string): string | null {
  return task.startsWith(stopsHere) ? task.slice(stopsHere.length) : null;
}

/** Pure. */
export function renderApply(request: ApplyRequest): RenderedApply {
  const { plan, layers, media, transport, handWritten } = request;
  const bringing = bringingTasks(media);
  const removing = removingTasks(media);
  const installing = layers.flatMap(({ requirements }) => tasksToApply(requirements, request));
  const allowed = request.reboot ? installing : installing.map(heldBack);
  const tasks = [...bringing, ...allowed, ...atTheEnd(request.reboot)];
  const playbook = writePlaybook([look(request), installPlay(request, tasks, removing)], {
    head: [
      `What a machine that runs already lacks of ${plan.role} on ${plan.os.title}. Written by lyncimg: each task stands`,
      'beside the document that asks for it.',
    ],
    tail: [],
  });
  return {
    files: new Map([
      ['playbook.yml', playbook],
      ['inventory.yml', applyInventory(transport, media.length > 0)],
      ...['ansible.cfg', 'callback_plugins/lyncimg_events.py'].map((path): [string, string] => [
        path,
        textOf(handWritten, path),
      ]),
    ]),
    errands: new Set([...bringing, ...removing].map(({ name }) => plainName(name))),
    removal: removing[0]?.name ?? null,
  };
}

function textOf(handWritten: HandWritten, path: string): string {
  const text = handWritten[path];
  if (text === undefined) throw new Error(`playbooks/${path} was not read`);
  return text;
}

function look({ plan, reboot, restartFirst }: ApplyRequest): PlaybookEntry {
  const { title, version } = plan.os;
  const found = "ansible_facts['distribution_version'] ~ '.'";
  const { name, comments, module, args } = restartTask('Restart, because Windows waits for it already', '');
  return {
    comments: [],
    keys: {
      name: 'Look at the machine',
      hosts: 'machine',
      gather_facts: true,
      // What is left without "all" is the minimum: distribution and platform are in it.
      gather_subset: ['!all'],
    },
    tasks: [
      {
        name: 'Make sure that this is the Windows that was looked at',
        comments: [],
        module: 'ansible.builtin.assert',
        args: {
          that: [
            "ansible_facts['os_family'] == 'Windows'",
            "'Server' in ansible_facts['distribution']",
            `(${found}).startswith('${version}.')`,
          ],
          fail_msg: `This is not ${title} (${version}).`,
          quiet: true,
        },
      },
      ...(reboot && restartFirst ? [{ name, comments, module, args }] : []),
    ],
  };
}

function installPlay(
  { plan, platform, os }: ApplyRequest,
  tasks: AnsibleTask[],
  removing: AnsibleTask[],
): PlaybookEntry {
  return {
    comments: [],
    keys: {
      name: `Install what ${plan.role} lacks`,
      hosts: 'machine',
      gather_facts: false,
      vars: { lyncimg_media: platform.mediaDrive, lyncimg_sxs: plan.netfx3Source ?? platform.sxsPath(os.id) },
    },
    tasks,
    ...(removing.length > 0 && { always: { block: 'Bring the files and install', tasks: removing } }),
  };
}

function atTheEnd(reboot: boolean): AnsibleTask[] {
  const restart = restartTask(
    'Restart where one is still pending',
    'lyncimg_at_the_end.ansible_facts.ansible_reboot_pending',
  );
  return [
    {
      name: 'Ask whether a restart is still pending',
      comments: [],
      module: 'ansible.windows.setup',
      args: { gather_subset: ['!all', '!min', 'platform'] },
      register: 'lyncimg_at_the_end',
    },
    reboot ? restart : heldBack(restart),
  ];
}

function heldBack(task: AnsibleTask): AnsibleTask {
  if (!isRestart(task)) return task;
  return {
    ...task,
    name: `${stopsHere}${task.name}`,
    module: 'ansible.builtin.fail',
    args: { msg: 'Windows asks for a restart, and --reboot was not given.' },
  };
}
