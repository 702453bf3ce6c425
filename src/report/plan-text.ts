// A plan for a person: its layers and why each is or is not there, then what each layer holds and by which document.
import type { Layer, LayerInputs, LayerStanding, PlanReport } from '../plan/index.js';
import { columns } from './columns.js';
import { plainLine } from './plain-characters.js';
import { doubtOf } from './verdict-wording.js';

const wording: Record<keyof LayerInputs, string> = {
  format: 'the format of digests',
  os: 'the operating system',
  platform: 'the platform',
  parent: 'the layer below',
  requirements: 'its requirements',
  media: 'its media',
  packer: "Packer's version",
  ansible: "Ansible's version",
  content: "lyncimg's own playbooks",
  twinModel: "the twin's model",
  machine: 'the machine and its answer file',
};

/** Without colour, ending with a newline. */
export function planText(plan: PlanReport, { rehearsal }: { rehearsal: boolean }): string {
  const lines = [
    `${plan.role} on ${plan.os.title}, platform ${plan.platform}${rehearsal ? ' (REHEARSAL)' : ''}`,
    ...optionLines(plan),
    '',
    ...layerTable(plan),
    '',
  ];
  for (const layer of plan.layers) lines.push(...requirementLines(layer));
  lines.push(...afterDeployment(plan));
  return `${lines.join('\n').trimEnd()}\n`;
}

function optionLines({ options }: PlanReport): string[] {
  const entries = Object.entries(options);
  if (entries.length === 0) return [];
  return [`options: ${entries.map(([name, value]) => `${name}=${String(value)}`).join(', ')}`];
}

function layerTable(plan: PlanReport): string[] {
  const rows = plan.layers.map((layer, index) => [
    String(index + 1),
    layer.name,
    layer.digest.slice(0, 12),
    String(imageNeeds(layer).length),
    standingText(layer),
  ]);
  const seal = ['', 'sealing', plan.seal.digest.slice(0, 12), '', ''];
  return columns([['', 'layer', 'digest', 'needs', 'in the store'], ...rows, seal]);
}

function standingText({ exists, changed }: LayerStanding): string {
  if (exists) return 'yes';
  if (changed.length === 0) return 'no: never built';
  return `no: changed ${changed.map((name) => wording[name]).join(', ')}`;
}

function requirementLines(layer: Layer): string[] {
  const needs = imageNeeds(layer);
  const lines = needs.flatMap(({ title, source }) => {
    const doubt = doubtOf(source);
    return [
      `  ${plainLine(title)}`,
      `      ${plainLine(source.title)}${doubt === null ? '' : ` (${doubt})`}`,
    ];
  });
  return [layer.name, ...(needs.length === 0 ? ['  adds nothing'] : lines), ''];
}

function afterDeployment(plan: PlanReport): string[] {
  const needs = plan.layers.flatMap(({ requirements }) =>
    requirements.filter(({ stage }) => stage === 'machine'),
  );
  if (needs.length === 0) return [];
  return [
    'after deployment (no image can have these; verify judges them on the machine)',
    ...needs.flatMap(({ title, source }) => [`  ${plainLine(title)}`, `      ${plainLine(source.title)}`]),
  ];
}

function imageNeeds(layer: Layer): Layer['requirements'] {
  return layer.requirements.filter(({ stage }) => stage === 'image');
}
