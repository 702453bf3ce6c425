// The README of a rendered folder: what it is, and how a person runs it without lyncimg's `build`.
import type { Plan } from '../plan/index.js';
import type { Platform } from '../platforms/index.js';
import { layerFolder } from './layer-folder.js';
import { variableRows } from './readme-variables.js';
import type { TemplateOptions } from './template.js';
import { oneLine } from './text.js';

export function renderReadme(options: TemplateOptions): string {
  const { plan, platform } = options;
  const rehearsal = platform.rehearsal
    ? `\n**This is a rehearsal.** The platform \`${platform.name}\` is a model: Packer, Ansible and WinRM are real, Windows is not,\nand what comes out is never an image for production.\n`
    : '';
  return `# ${plan.role} on ${plan.os.title}

Written by \`lyncimg generate\` for the platform \`${platform.name}\`. ${platform.summary}
${rehearsal}
${runs[platform.layering]} \`plan.json\` holds the requirements with
their sources; the playbooks show the same beside the tasks.

| layer | digest | requirements | installed here |
| --- | --- | --- | --- |
${layerRows(plan)}

${contents(platform)}
${examples(options)}
## Running it by hand

${needs(platform)} Set in the environment:

| variable | what |
| --- | --- |
${variableRows(options)}

${platform.startByHand(plan.os.id)}

${commands(options)}
${mediaSection(plan, platform)}
\`lyncimg generate\` writes this folder anew as long as nothing in it was changed by hand.
`;
}

const runs: Record<Platform['layering'], string> = {
  chain: 'Each layer is one run of Packer on the machine that the layer before it left behind.',
  'one-run': 'All layers are made in one run of Packer, one after the other.',
  none: 'Packer makes nothing here: the playbooks run, one after the other, against a machine that runs already.',
};

function layerRows(plan: Plan): string {
  const rows = plan.layers.map(({ name, digest, requirements }, index) => {
    const installed = requirements.filter(({ stage }) => stage === 'image').length;
    return `| ${layerFolder(index, name)} | \`${digest.slice(0, 12)}\` | ${requirements.length} | ${installed} |`;
  });
  return rows.join('\n');
}

function contents({ layering }: Platform): string {
  const shared = '`inventory.yml` and `ansible.cfg` here serve all of them.';
  const playbooks = '`playbook.yml` (what Ansible installs) and `prepare.yml` (before it)';
  if (layering === 'none') return `In a layer's folder: ${playbooks}. ${shared}`;
  if (layering === 'one-run')
    return `\`lyncimg.pkr.hcl\` is what Packer runs. In a layer's folder: ${playbooks}. ${shared}`;
  return `In a layer's folder: \`lyncimg.pkr.hcl\` (what Packer runs), \`playbook.yml\` (what Ansible installs), \`prepare.yml\` and
\`unkey.yml\` (before and after it). ${shared}`;
}

function examples({ platform, settings }: TemplateOptions): string {
  if (settings.missing.length === 0) return '';
  const keys = settings.missing.map((key) => `\`${key}\``).join(', ');
  return `
**Examples stand in** for settings that \`lyncimg.yaml\` does not have under \`platforms: ${platform.name}:\` ${keys}. The templates say
where.
`;
}

function needs({ layering }: Platform): string {
  const ansible = 'ansible-core 2.11 to 2.15 with `ansible.windows`, `community.windows` and pywinrm';
  if (layering === 'none') return `It needs ${ansible}, and lyncimg itself to verify.`;
  return `Packer 1.6.6 or later, ${ansible}, and lyncimg itself
for the gate.`;
}

function commands({ plan, platform }: TemplateOptions): string {
  const folders = plan.layers.map(({ name }, index) => layerFolder(index, name));
  const dryRun = `To see what a playbook
would do without Packer: \`ANSIBLE_CONFIG=$PWD/ansible.cfg ansible-playbook --check ${folders[0] ?? ''}/playbook.yml\`.`;
  if (platform.layering === 'none') {
    const plays = folders.map(
      (folder) => `ANSIBLE_CONFIG=$PWD/ansible.cfg ansible-playbook ${folder}/playbook.yml`,
    );
    return `For each layer in turn:\n\n\`\`\`sh\n${plays.join('\n')}\n\`\`\`\n\n${dryRun}`;
  }
  if (platform.layering === 'one-run') {
    return `\`\`\`sh
packer build .
\`\`\`

It installs layer by layer and lets the gate judge each (\`lyncimg verify\`). ${dryRun}`;
  }
  return `For each layer in turn:

\`\`\`sh
${folders.map((folder) => `packer build ${folder}`).join('\n')}
\`\`\`

Each run installs, lets the gate judge (\`lyncimg verify\`), and un-keys: the guest then takes back its listener, certificate
and password and powers itself off. ${kept(platform)} ${dryRun}`;
}

function kept({ keeps, discs }: Platform): string {
  if (keeps.parent === undefined || discs === 'folders')
    return `A layer is kept as ${keeps.layer}; the next one starts from it, with a new key.`;
  const parent = keeps.parent === '.' ? 'that folder' : `\`${keeps.parent}\` in it`;
  return `A layer is kept as ${keeps.layer}, in the output folder;
the next one starts from ${parent}, with a new key.`;
}

function mediaSection(plan: Plan, platform: Platform): string {
  const media = [
    ...new Map(plan.layers.flatMap((layer) => layer.media).map((item) => [item.path, item])).values(),
  ];
  if (media.length === 0) return '';
  const rows = media.map(({ path, title, origin, sha256 }) => {
    const kind = origin === 'placeholder' ? 'placeholder' : 'file';
    return `| \`${path}\` | ${oneLine(title).replaceAll('|', '\\|')} | ${kind} | \`${sha256.slice(0, 12)}\` |`;
  });
  const files = media.some(({ origin }) => origin === 'file')
    ? '\nFiles are not copied here: put each at its path below `media/`; lyncimg build would check its SHA-256, so do you.\n'
    : '';
  return `
## Media

The guest sees these in \`${platform.mediaDrive}\`. A placeholder, written here below \`media/\`, stands for a file of
Microsoft's; a twin alone takes it.

| path | what | origin | SHA-256 |
| --- | --- | --- | --- |
${rows.join('\n')}
${files}`;
}
