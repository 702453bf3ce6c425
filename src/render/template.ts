// The Packer template of one layer, in the vocabulary that Packer 1.6.6 (Debian 12) and current Packer share.
import type { Layer, Plan } from '../plan/index.js';
import {
  attributes,
  expression,
  templateVariables,
  type HclItem,
  type Platform,
} from '../platforms/index.js';
import { writeHcl } from './hcl.js';

export interface TemplateOptions {
  plan: Plan;
  layer: Layer;
  platform: Platform;
}

const blank: HclItem = { blank: true };

const variables: Record<(typeof templateVariables)[number], { env: string; what: string }> = {
  host: { env: 'LYNCIMG_HOST', what: 'Address of the guest.' },
  port: { env: 'LYNCIMG_PORT', what: 'Port of its HTTPS listener.' },
  user: { env: 'LYNCIMG_USER', what: 'Account to log on with.' },
  password: { env: 'LYNCIMG_GUEST_PASSWORD', what: 'Its password.' },
};

export function renderTemplate({ plan, layer, platform }: TemplateOptions): string {
  const index = plan.layers.indexOf(layer);
  const source = platform.source(layer.parent === null ? 'first' : 'next');
  return writeHcl([
    {
      comment: [
        `Layer ${index + 1} of ${plan.layers.length} of ${plan.role} on ${plan.os.title}: ${layer.name}.`,
        `Platform ${platform.name}. ${platform.summary}`,
        'Written by lyncimg; ../README.md says how to run it.',
      ].join('\n'),
    },
    { block: 'packer', body: attributes({ required_version: '>= 1.6.6' }) },
    blank,
    {
      comment:
        'Ansible and the gate read the same environment, so that nothing secret stands in a file or on a command line.',
    },
    ...templateVariables.flatMap((name) => [variableBlock(name), blank]),
    { block: 'source', labels: [source.builder, 'guest'], body: source.body },
    blank,
    {
      block: 'build',
      body: [
        ...attributes({ name: layer.name, sources: [`source.${source.builder}.guest`] }),
        ...provisioners(layer, platform),
      ],
    },
  ]);
}

function variableBlock(name: (typeof templateVariables)[number]): HclItem {
  const { env, what } = variables[name];
  return {
    block: 'variable',
    labels: [name],
    body: [
      ...attributes({
        type: expression('string'),
        description: what,
        default: expression(`env("${env}")`),
        ...(name === 'password' && { sensitive: true }),
      }),
      blank,
      {
        block: 'validation',
        body: attributes({
          condition: expression(`length(var.${name}) > 0`),
          error_message: `Set ${env} in the environment.`,
        }),
      },
    ],
  };
}

function provisioners(layer: Layer, platform: Platform): HclItem[] {
  const list: HclItem[] = [
    blank,
    {
      comment:
        "Not Packer's own ansible provisioner: that one puts the password into the arguments of a process.",
    },
    shellLocal(['ansible-playbook playbook.yml']),
    blank,
    { comment: 'The gate: a layer that lacks something is not kept.' },
    shellLocal(gateCommands(layer)),
  ];
  if (platform.unkeyBy === 'last-provisioner') {
    list.push(
      blank,
      {
        comment: 'Un-keying: the guest takes back listener, certificate and password and powers itself off.',
      },
      shellLocal(['ansible-playbook unkey.yml']),
    );
  }
  return list;
}

/** LYNCIMG_COMMAND holds shell words (a program and its first arguments, quoted where they need it). */
function gateCommands(layer: Layer): string[] {
  return [
    'eval "set -- ${LYNCIMG_COMMAND:-lyncimg}"',
    'LYNCIMG_PASSWORD="$LYNCIMG_GUEST_PASSWORD" "$@" verify \\',
    '  --host "$LYNCIMG_HOST:$LYNCIMG_PORT" --ca-file "$LYNCIMG_CA_FILE" --user "$LYNCIMG_USER" \\',
    `  --plan ../plan.json --layer ${layer.name} --stage image --gate \\`,
    `  --output "\${LYNCIMG_REPORTS:-.}/verify-${layer.name}.json"`,
  ];
}

function shellLocal(commands: string[]): HclItem {
  return {
    block: 'provisioner',
    labels: ['shell-local'],
    body: [
      // Packer would run the script by itself, which a TMPDIR mounted noexec refuses (it ends with 126).
      ...attributes({ execute_command: ['/bin/sh', '-c', "{{.Vars}} /bin/sh '{{.Script}}'"] }),
      {
        attribute: 'environment_vars',
        value: [
          expression('"LYNCIMG_FOLDER=${abspath(path.root)}"'),
          expression('"ANSIBLE_CONFIG=${abspath(path.root)}/../ansible.cfg"'),
        ],
      },
      { attribute: 'inline', value: ['set -eu', 'cd "$LYNCIMG_FOLDER"', ...commands] },
    ],
  };
}

/** `plugins.pkr.hcl`, or null: Packer before 1.7 refuses the block, and built-in builders need none. */
export function renderPlugins(platform: Platform, packerVersion: string | null): string | null {
  if (platform.plugins.length === 0 || packerVersion === null || !knowsRequiredPlugins(packerVersion)) {
    return null;
  }
  const plugins: HclItem[] = platform.plugins.map(({ name, source, version }) => ({
    attribute: name,
    value: expression(`{ source = "${source}", version = "${version}" }`),
  }));
  return writeHcl([
    { comment: 'In a file of its own, because Packer before 1.7 refuses this block.' },
    { block: 'packer', body: [{ block: 'required_plugins', body: plugins }] },
  ]);
}

function knowsRequiredPlugins(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 7);
}
