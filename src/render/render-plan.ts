// A plan as the files of a folder that a person can read, fork and run by hand.
import type { KindLookup, Plan } from '../plan/index.js';
import type { Platform } from '../platforms/index.js';
import { kindOf, type OsModel } from '../requirements/index.js';
import type { HandWritten } from './hand-written.js';
import { inventory } from './inventory.js';
import { layerFolder } from './layer-folder.js';
import { renderPlaybook } from './playbook.js';
import { renderReadme } from './readme.js';
import { renderPlugins, renderTemplate } from './template.js';

export interface RenderOptions {
  plan: Plan;
  /** The operating system of the plan, with its catalogue of features. */
  catalogOs: OsModel;
  platform: Platform;
  /** Of the Packer found, in full; null where there is none. */
  packerVersion: string | null;
  handWritten: HandWritten;
  kinds?: KindLookup;
}

/** Path with forward slashes -> text. Pure; nothing secret and nothing of this machine is in it. */
export function renderPlan(options: RenderOptions): Map<string, string> {
  const { plan, catalogOs, platform, packerVersion, handWritten, kinds = kindOf } = options;
  const files = new Map<string, string>();
  const copy = (path: string, from: string): void => {
    const text = handWritten[from];
    if (text === undefined) throw new Error(`playbooks/${from} was not read`);
    files.set(path, text);
  };
  files.set('README.md', renderReadme(plan, platform));
  files.set('plan.json', `${JSON.stringify(plan, null, 2)}\n`);
  files.set('inventory.yml', inventory);
  copy('ansible.cfg', 'ansible.cfg');
  copy('callback_plugins/lyncimg_events.py', 'callback_plugins/lyncimg_events.py');
  const plugins = renderPlugins(platform, packerVersion);
  for (const [index, layer] of plan.layers.entries()) {
    const folder = layerFolder(index, layer.name);
    files.set(`${folder}/lyncimg.pkr.hcl`, renderTemplate({ plan, layer, platform }));
    if (plugins !== null) files.set(`${folder}/plugins.pkr.hcl`, plugins);
    files.set(`${folder}/playbook.yml`, renderPlaybook({ plan, layer, os: catalogOs, platform, kinds }));
    copy(`${folder}/prepare.yml`, 'prepare.yml');
    copy(`${folder}/unkey.yml`, 'unkey.yml');
    if (layer.parent === null) {
      // win_copy of prepare.yml looks beside the playbook; later layers have the scripts in their parent.
      copy(`${folder}/files/boot.ps1`, 'files/boot.ps1');
      copy(`${folder}/files/unkey.ps1`, 'files/unkey.ps1');
    }
  }
  return files;
}
