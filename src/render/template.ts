// The Packer template of one layer, or of a whole chain that is made in one run, in the vocabulary that Packer 1.6.6
// (Debian 12) and current Packer share.
import type { Layer, Plan } from '../plan/index.js';
import {
  attributes,
  type HclItem,
  type MachineSpec,
  type Platform,
  type PlatformSettings,
} from '../platforms/index.js';
import { writeHcl } from './hcl.js';
import { layerFolder } from './layer-folder.js';
import { provisioners } from './provisioners.js';
import { inputBlocks, inputsOf } from './template-inputs.js';

export interface TemplateOptions {
  plan: Plan;
  platform: Platform;
  machine: MachineSpec;
  settings: PlatformSettings;
}

/** Of one layer; it lies in the layer's folder. */
export function renderTemplate({ layer, ...options }: TemplateOptions & { layer: Layer }): string {
  const { plan } = options;
  return render(options, {
    title: `Layer ${plan.layers.indexOf(layer) + 1} of ${plan.layers.length} of ${plan.role} on ${plan.os.title}: ${layer.name}.`,
    readme: '../README.md',
    name: layer.name,
    layers: [layer],
    first: layer.parent === null,
    folderOf: () => '.',
    root: '..',
  });
}

/** Of all layers in turn; it lies beside their folders. */
export function renderChainTemplate(options: TemplateOptions): string {
  const { plan } = options;
  return render(options, {
    title: `All ${plan.layers.length} layers of ${plan.role} on ${plan.os.title}, in one run.`,
    readme: 'README.md',
    name: plan.role,
    layers: plan.layers,
    first: true,
    folderOf: (layer) => layerFolder(plan.layers.indexOf(layer), layer.name),
    root: '.',
  });
}

interface Scope {
  title: string;
  readme: string;
  /** Of the build, as Packer shows it. */
  name: string;
  layers: readonly Layer[];
  first: boolean;
  folderOf: (layer: Layer) => string;
  root: '.' | '..';
}

function render({ platform, machine, settings }: TemplateOptions, scope: Scope): string {
  const source = platform.source({ layer: scope.first ? 'first' : 'next', machine, settings });
  const inputs = inputsOf(source, platform, machine);
  const blank: HclItem = { blank: true };
  return writeHcl([
    {
      comment: [
        scope.title,
        `Platform ${platform.name}. ${platform.summary}`,
        `Written by lyncimg; ${scope.readme} says how to run it.`,
      ].join('\n'),
    },
    { block: 'packer', body: attributes({ required_version: '>= 1.6.6' }) },
    blank,
    {
      comment:
        'Ansible and the gate read the same environment, so that nothing secret stands in a file or on a command line.',
    },
    ...inputBlocks(inputs, source),
    { block: 'source', labels: [source.builder, 'guest'], body: source.body },
    blank,
    {
      block: 'build',
      body: [
        ...attributes({ name: scope.name, sources: [`source.${source.builder}.guest`] }),
        ...provisioners({ ...scope, platform, inputs }),
      ],
    },
  ]);
}
