// A plan as the files of a folder that a person can read, fork and run by hand.
import type { KindLookup, Plan } from '../plan/index.js';
import type { MachineSpec, Platform, PlatformSettings } from '../platforms/index.js';
import { kindOf, type OsModel } from '../requirements/index.js';
import { renderAnswerDisc, type AnswerChoices } from './answer-disc.js';
import type { HandWritten } from './hand-written.js';
import { inventoryFor } from './inventory.js';
import { layerFolder } from './layer-folder.js';
import { renderPlaybook } from './playbook.js';
import { renderPlugins } from './plugins.js';
import { renderReadme } from './readme.js';
import { renderChainTemplate, renderTemplate } from './template.js';

export interface RenderOptions {
  plan: Plan;
  /** The operating system of the plan, with its catalogue of features. */
  catalogOs: OsModel;
  platform: Platform;
  /** The machine that is made; of the twin none of it shows. */
  machine: MachineSpec;
  /** The platform's, from lyncimg.yaml; examples stand in where a build would refuse (settingsOf). */
  settings: PlatformSettings;
  /** Of the Packer found, in full; null where there is none. */
  packerVersion: string | null;
  handWritten: HandWritten;
  /** Given where the guest gets an answer disc: a copy of it to read, without its secrets, is written for each layer. */
  answer?: AnswerChoices | null;
  kinds?: KindLookup;
}

/** A copy has none: the real disc is made by the build, for one run. */
const nobodysKey = { thumbprint: null, secrets: null };

/** Path with forward slashes -> text. Pure; nothing secret and nothing of this machine is in it. */
export function renderPlan(options: RenderOptions): Map<string, string> {
  const { plan, catalogOs, platform, machine, settings, packerVersion, handWritten, answer = null } = options;
  const kinds = options.kinds ?? kindOf;
  const files = new Map<string, string>();
  const copy = (path: string, from: string): void => {
    const text = handWritten[from];
    if (text === undefined) throw new Error(`playbooks/${from} was not read`);
    files.set(path, text);
  };
  files.set('README.md', renderReadme({ plan, platform, machine, settings }));
  files.set('plan.json', `${JSON.stringify(plan, null, 2)}\n`);
  files.set('inventory.yml', inventoryFor(platform.certificate));
  copy('ansible.cfg', 'ansible.cfg');
  copy('callback_plugins/lyncimg_events.py', 'callback_plugins/lyncimg_events.py');
  const templates = { plan, platform, machine, settings };
  const plugins = renderPlugins(platform.plugins(settings), packerVersion);
  if (platform.layering === 'one-run') {
    files.set('lyncimg.pkr.hcl', renderChainTemplate(templates));
    if (plugins !== null) files.set('plugins.pkr.hcl', plugins);
  }
  for (const [index, layer] of plan.layers.entries()) {
    const folder = layerFolder(index, layer.name);
    if (platform.layering === 'chain') {
      files.set(`${folder}/lyncimg.pkr.hcl`, renderTemplate({ ...templates, layer }));
      if (plugins !== null) files.set(`${folder}/plugins.pkr.hcl`, plugins);
    }
    files.set(`${folder}/playbook.yml`, renderPlaybook({ plan, layer, os: catalogOs, platform, kinds }));
    copy(`${folder}/prepare.yml`, 'prepare.yml');
    const position = layer.parent === null ? 'first' : 'next';
    const copies =
      answer === null ? [] : renderAnswerDisc({ ...nobodysKey, layer: position, choices: answer });
    for (const [path, text] of copies) files.set(`${folder}/answer/${path}`, text);
    // A machine that runs already keeps its own key.
    if (platform.layering === 'none') continue;
    copy(`${folder}/unkey.yml`, 'unkey.yml');
    if (layer.parent === null) {
      // win_copy of prepare.yml looks beside the playbook; later layers have the scripts in their parent.
      copy(`${folder}/files/boot.cmd`, 'files/boot.cmd');
      copy(`${folder}/files/unkey.ps1`, 'files/unkey.ps1');
    }
  }
  return files;
}
