// The README of a rendered folder: what it is, and how a person runs it without lyncimg's `build`.
import type { Plan } from '../plan/index.js';
import type { Platform } from '../platforms/index.js';
import { layerFolder } from './layer-folder.js';
import { oneLine } from './text.js';

const variables: [name: string, what: string][] = [
  ['LYNCIMG_HOST', 'address of the guest'],
  ['LYNCIMG_PORT', 'port of its HTTPS listener (WinRM)'],
  ['LYNCIMG_USER', 'account, e.g. `Administrator`'],
  ['LYNCIMG_GUEST_PASSWORD', 'its password; it never goes on a command line or into a file'],
  ['LYNCIMG_CA_FILE', "absolute path of the certificate of the authority that signed the guest's (PEM)"],
  ['SSL_CERT_FILE', "a bundle of the system's roots and that certificate: Packer has no option for it"],
  [
    'LYNCIMG_REPORTS',
    "absolute path of an existing folder for the gate's report and the tasks' events; the layer's own if not set",
  ],
  ['LYNCIMG_COMMAND', 'how the gate starts lyncimg; `lyncimg` if not set'],
  ['LC_ALL', '`C.UTF-8`: Ansible refuses `C`'],
  ['NO_PROXY', 'the address of the guest, where a proxy is set'],
  ['CHECKPOINT_DISABLE', '`1`: Packer asks nobody for its newest version'],
];

export function renderReadme(plan: Plan, platform: Platform): string {
  const media = [
    ...new Map(plan.layers.flatMap((layer) => layer.media).map((item) => [item.path, item])).values(),
  ];
  const rehearsal = platform.rehearsal
    ? `\n**This is a rehearsal.** The platform \`${platform.name}\` is a model: Packer, Ansible and WinRM are real, Windows is not,\nand what comes out is never an image for production.\n`
    : '';
  return `# ${plan.role} on ${plan.os.title}

Written by \`lyncimg generate\` for the platform \`${platform.name}\`. ${platform.summary}
${rehearsal}
Each layer is one run of Packer on the machine that the layer before it left behind. \`plan.json\` holds the requirements with
their sources; the playbooks show the same beside the tasks.

| layer | digest | requirements | installed here |
| --- | --- | --- | --- |
${layerRows(plan)}

In a layer's folder: \`lyncimg.pkr.hcl\` (what Packer runs), \`playbook.yml\` (what Ansible installs), \`prepare.yml\` and
\`unkey.yml\` (before and after it). \`inventory.yml\` and \`ansible.cfg\` here serve all of them.

## Running it by hand

Packer 1.6.6 or later, ansible-core 2.11 to 2.15 with \`ansible.windows\`, \`community.windows\` and pywinrm, and lyncimg itself
for the gate. Set in the environment:

| variable | what |
| --- | --- |
${variables.map(([name, what]) => `| \`${name}\` | ${what} |`).join('\n')}

${platform.startByHand(plan.os.id)}

For each layer in turn:

\`\`\`sh
${plan.layers.map(({ name }, index) => `packer build ${layerFolder(index, name)}`).join('\n')}
\`\`\`

Each run installs, lets the gate judge (\`lyncimg verify\`), and un-keys: the guest then takes back its listener, certificate
and password and powers itself off. The next layer needs it switched on again, with a new key. To see what a playbook
would do without Packer: \`ANSIBLE_CONFIG=$PWD/ansible.cfg ansible-playbook --check ${layerFolder(0, plan.layers[0]?.name ?? '')}/playbook.yml\`.
${mediaSection(media, platform)}
\`lyncimg generate\` writes this folder anew as long as nothing in it was changed by hand.
`;
}

function layerRows(plan: Plan): string {
  const rows = plan.layers.map(({ name, digest, requirements }, index) => {
    const installed = requirements.filter(({ stage }) => stage === 'image').length;
    return `| ${layerFolder(index, name)} | \`${digest.slice(0, 12)}\` | ${requirements.length} | ${installed} |`;
  });
  return rows.join('\n');
}

function mediaSection(media: Plan['layers'][number]['media'], platform: Platform): string {
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

The guest sees these on drive \`${platform.mediaDrive}\`. A placeholder, written here below \`media/\`, stands for a file of
Microsoft's; a twin alone takes it.

| path | what | origin | SHA-256 |
| --- | --- | --- | --- |
${rows.join('\n')}
${files}`;
}
