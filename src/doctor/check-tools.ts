// Packer and Ansible: which were found, and which Windows they can serve.
import type { CatalogOs } from '../catalog/index.js';
import type { LyncimgError } from '../errors/index.js';
import type { FoundTool, ToolWarning } from '../tools/index.js';
import type { Finding } from './doctor-schema.js';
import { found, foundError } from './finding.js';
import type { InspectedTools } from './inspect-tools.js';

/** What was asked already is judged; nothing is asked again. */
export function checkTools(inspected: InspectedTools, systems: readonly CatalogOs[]): Finding[] {
  const { packer, ansible, problems } = inspected;
  // They stand in this order, each only where its tool is null.
  const left = [...problems];
  const problemOf = (tool: FoundTool | null): LyncimgError | undefined =>
    tool === null ? left.shift() : undefined;
  return [
    ...packerFindings(packer, problemOf(packer)),
    ...ansibleFindings(ansible, problemOf(ansible), systems),
  ];
}

function packerFindings(packer: FoundTool | null, problem: LyncimgError | undefined): Finding[] {
  if (packer === null) return problem === undefined ? [] : [foundError('packer', problem)];
  const what = `Packer ${packer.version} is ${packer.path}.`;
  const [warning] = packer.warnings;
  if (warning === undefined) return [found('packer', 'ok', what, { detail: passedOver(packer) })];
  return [
    found('packer', 'warning', what, {
      detail: together(warning.message, passedOver(packer)),
      fix: ['Put Packer 1.6.6 or later into PATH, or name it in LYNCIMG_PACKER.'],
    }),
  ];
}

function ansibleFindings(
  ansible: FoundTool | null,
  problem: LyncimgError | undefined,
  systems: readonly CatalogOs[],
): Finding[] {
  if (ansible === null) return problem === undefined ? [] : [foundError('ansible', problem)];
  const what = `ansible-core ${ansible.version} is ${ansible.path}, on ${ansible.python ?? 'an unknown Python'}.`;
  const { warnings } = ansible;
  if (warnings.length === 0) {
    const serves = `It serves ${systems.map(inWords).join(', ')}; its Python has pywinrm.`;
    return [found('ansible', 'ok', what, { detail: together(serves, passedOver(ansible)) })];
  }
  const untested = warnings.some(({ code }) => code === 'ansible-untested');
  const detail = together(
    ...warnings.map(({ message }) => message),
    ...(untested ? [`Asked for: ${systems.map(inWords).join(', ')}.`] : []),
    passedOver(ansible),
  );
  const unknown = warnings.every(({ code }) => code === 'pywinrm-unchecked');
  return [found('ansible', unknown ? 'unknown' : 'warning', what, { detail, fix: waysOut(warnings) })];
}

/**
 * Ansible's modules need PowerShell 3.0 and its documentation covers 3.0 and 4.0 up to ansible-core 2.15. The ansible
 * 8 of PyPI is ansible-core 2.15 with collections of its age.
 */
function waysOut(warnings: readonly ToolWarning[]): string[] {
  return warnings.some(({ code }) => code === 'ansible-untested')
    ? [
        'python3 -m venv ~/ansible-2.15 && ~/ansible-2.15/bin/pip install "ansible==8.*" pywinrm',
        'export PATH="$HOME/ansible-2.15/bin:$PATH"',
      ]
    : [];
}

function inWords({ title, powershell }: CatalogOs): string {
  return Number(powershell) < 3
    ? `${title} (PowerShell ${powershell}; first boot brings it to 3.0)`
    : `${title} (PowerShell ${powershell})`;
}

function passedOver(tool: FoundTool): string | null {
  if (tool.passedOver.length === 0) return null;
  return `Passed over: ${tool.passedOver.map(({ path, why }) => `${path}: ${why}`).join(' ')}`;
}

function together(...parts: (string | null)[]): string | null {
  const told = parts.filter((part) => part !== null);
  return told.length === 0 ? null : told.join(' ');
}
