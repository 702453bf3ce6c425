// The playbook of one layer: prepare, what the requirements ask for, and a restart if one is still pending.
import { batches, type KindLookup, type Layer, type Plan } from '../plan/index.js';
import type { Platform } from '../platforms/index.js';
import { restartTask, type AnsibleTask, type OsModel } from '../requirements/index.js';
import { reference } from './jinja.js';
import { writePlaybook } from './yaml.js';

export interface PlaybookOptions {
  plan: Plan;
  layer: Layer;
  os: OsModel;
  platform: Platform;
  kinds: KindLookup;
}

export function renderPlaybook({ plan, layer, os, platform, kinds }: PlaybookOptions): string {
  const context = { os, media: reference('lyncimg_media'), sxs: reference('lyncimg_sxs') };
  const installed = layer.requirements.filter(({ stage }) => stage === 'image');
  const tasks = batches(installed).flatMap(
    ({ kind, requirements }) => kinds(kind)?.tasks(requirements, context) ?? [],
  );
  const prepare = {
    comments: [],
    keys: {
      name: 'Prepare the guest',
      'ansible.builtin.import_playbook': 'prepare.yml',
      vars: {
        lyncimg_os_title: plan.os.title,
        lyncimg_os_version: plan.os.version,
        // What keys and un-keys a layer has no place on a machine that somebody runs.
        lyncimg_first_layer: layer.parent === null && platform.layering !== 'none',
      },
    },
  };
  const install = {
    comments: [],
    keys: {
      name: `Install ${layer.name}`,
      hosts: 'guest',
      gather_facts: false,
      vars: { lyncimg_media: platform.mediaDrive, lyncimg_sxs: plan.netfx3Source ?? platform.sxsPath(os.id) },
    },
    tasks: [...tasks, ...restartTasks],
  };
  return writePlaybook([prepare, install], {
    head: [
      `What the layer ${layer.name} of ${plan.role} installs on ${plan.os.title}. Written by lyncimg: each task stands`,
      'beside the document that asks for it.',
    ],
    tail: afterDeployment(layer),
  });
}

/** A layer is kept switched off; what its restart would still have to do must not wait for whoever starts it next. */
const restartTasks: AnsibleTask[] = [
  {
    name: 'Ask whether a restart is still pending',
    comments: ['The next layer, or sealing, starts from a Windows that waits for nothing.'],
    module: 'ansible.windows.setup',
    args: { gather_subset: ['!all', '!min', 'platform'] },
    register: 'lyncimg_at_the_end',
  },
  restartTask(
    'Restart where one is still pending',
    'lyncimg_at_the_end.ansible_facts.ansible_reboot_pending',
  ),
];

function afterDeployment(layer: Layer): string[] {
  const machine = layer.requirements.filter(({ stage }) => stage === 'machine');
  if (machine.length === 0) return [];
  const lines = machine.flatMap(({ title, source }) => [`  ${title}`, `    Source: ${source.title}`]);
  return ['Only a deployed machine can have these; nothing here installs them:', ...lines];
}
