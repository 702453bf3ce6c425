// What Packer does once it is in the guest: the playbook of a layer, its gate, and un-keying where the builder does not.
import type { Layer } from '../plan/index.js';
import {
  attributes,
  expression,
  listenerPort,
  local,
  template,
  type HclExpression,
  type HclItem,
  type HclTemplate,
  type Platform,
} from '../platforms/index.js';
import type { TemplateInput } from './template-inputs.js';

export interface ProvisionersOptions {
  /** More than one where the whole chain is made in one run. */
  layers: readonly Layer[];
  platform: Platform;
  inputs: readonly TemplateInput[];
  /** The folder of a layer, relative to the template's; `.` where the template lies in it. */
  folderOf: (layer: Layer) => string;
  /** The rendered folder itself, relative to the template's. */
  root: '.' | '..';
}

export function provisioners(options: ProvisionersOptions): HclItem[] {
  const { layers, platform } = options;
  const list: HclItem[] = [
    { blank: true },
    {
      comment:
        "Not Packer's own ansible provisioner: that one puts the password into the arguments of a process.",
    },
  ];
  for (const [index, layer] of layers.entries()) {
    if (index > 0) list.push({ blank: true });
    list.push(
      shellLocal(options, layer, ['ansible-playbook playbook.yml']),
      { blank: true },
      { comment: 'The gate: a layer that lacks something is not kept.' },
      shellLocal(options, layer, gateCommands(layer, platform)),
    );
  }
  const last = layers.at(-1);
  if (platform.unkeyBy === 'last-provisioner' && last !== undefined) {
    list.push(
      { blank: true },
      {
        comment: 'Un-keying: the guest takes back listener, certificate and password and powers itself off.',
      },
      shellLocal(options, last, ['ansible-playbook unkey.yml']),
    );
  }
  return list;
}

/** LYNCIMG_COMMAND holds shell words (a program and its first arguments, quoted where they need it). */
function gateCommands(layer: Layer, platform: Platform): string[] {
  const byPin = platform.certificate === 'packer';
  return [
    ...(byPin ? pinCommands : []),
    'eval "set -- ${LYNCIMG_COMMAND:-lyncimg}"',
    'LYNCIMG_PASSWORD="$LYNCIMG_GUEST_PASSWORD" "$@" verify \\',
    `  --host "$LYNCIMG_HOST:$LYNCIMG_PORT" ${byPin ? '--fingerprint "$pin"' : '--ca-file "$LYNCIMG_CA_FILE"'} --user "$LYNCIMG_USER" \\`,
    `  --plan ../plan.json --layer ${layer.name} --stage image --gate \\`,
    `  --output "\${LYNCIMG_REPORTS:-.}/verify-${layer.name}.json"`,
  ];
}

/** Nobody signed the certificate that Packer had made, so the gate trusts the one that Packer has just trusted. */
const pinCommands = [
  'pin=$(openssl s_client -connect "$LYNCIMG_HOST:$LYNCIMG_PORT" </dev/null 2>/dev/null |',
  '  openssl x509 -noout -fingerprint -sha256 | cut -d= -f2)',
];

function shellLocal(options: ProvisionersOptions, layer: Layer, commands: string[]): HclItem {
  return {
    block: 'provisioner',
    labels: ['shell-local'],
    body: [
      // Packer would run the script by itself, which a TMPDIR mounted noexec refuses (it ends with 126).
      ...attributes({ execute_command: ['/bin/sh', '-c', "{{.Vars}} /bin/sh '{{.Script}}'"] }),
      { attribute: 'environment_vars', value: environment(options, layer) },
      { attribute: 'inline', value: ['set -eu', 'cd "$LYNCIMG_FOLDER"', ...commands] },
    ],
  };
}

/** Nothing secret: it becomes the text of a command. Ansible and the gate get what Packer itself goes by. */
function environment({ platform, inputs, folderOf, root }: ProvisionersOptions, layer: Layer): HclTemplate[] {
  const here = expression('abspath(path.root)');
  const uses = (name: string): boolean => inputs.some((input) => input.name === name);
  const folder = folderOf(layer);
  return [
    template('LYNCIMG_FOLDER=', here, folder === '.' ? '' : `/${folder}`),
    template('ANSIBLE_CONFIG=', here, root === '.' ? '/ansible.cfg' : '/../ansible.cfg'),
    template('LYNCIMG_HOST=', hostOf(platform, uses('host'))),
    template('LYNCIMG_PORT=', uses('port') ? local('port') : String(listenerPort)),
    ...(uses('user') ? [template('LYNCIMG_USER=', local('user'))] : []),
  ];
}

function hostOf(platform: Platform, declared: boolean): HclExpression | string {
  if (declared) return local('host');
  // Else only Packer knows it, once the guest has booted.
  return platform.address === 'forwarded' ? '127.0.0.1' : expression('build.Host');
}
