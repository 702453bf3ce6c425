// The variables that a person sets who runs a rendered folder by hand.
import { runValues, type Platform, type RunValue } from '../platforms/index.js';
import type { TemplateOptions } from './template.js';
import { inputsOf } from './template-inputs.js';
import { oneLine } from './text.js';

type Row = [variable: string, what: string];

/** Rows of a table in Markdown. */
export function variableRows(options: TemplateOptions): string {
  const rows = [...inputRows(options), ...fixedRows(options.platform)];
  return rows.map(([name, what]) => `| \`${name}\` | ${what} |`).join('\n');
}

/** What the templates take from the environment, and what Ansible and the gate need beside them. */
function inputRows({ platform, machine, settings }: TemplateOptions): Row[] {
  const always = platform.layering === 'none' ? ['host', 'port', 'user', 'password'] : ['password'];
  const used = new Map<string, Row>();
  for (const [name, { env, what }] of Object.entries<RunValue>(runValues)) {
    if (always.includes(name)) used.set(env, [env, what]);
  }
  const layers = { chain: ['first', 'next'], 'one-run': ['first'], none: [] } as const;
  for (const layer of layers[platform.layering]) {
    const source = platform.source({ layer, machine, settings });
    for (const { env, what } of inputsOf(source, platform, machine)) used.set(env, [env, what]);
  }
  const order = [...Object.values<RunValue>(runValues), ...platform.secrets].map(({ env }) => env);
  return [...used.values()]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([env, what]) => [env, oneLine(sentence(env, what)).replaceAll('|', '\\|')]);
}

function sentence(env: string, what: string): string {
  return env === runValues.password.env ? `${what} It never goes on a command line or into a file.` : what;
}

function fixedRows({ certificate, layering }: Platform): Row[] {
  const packer = layering !== 'none';
  const rows: [boolean, ...Row][] = [
    [
      certificate !== 'packer',
      'LYNCIMG_CA_FILE',
      "Absolute path of the certificate of the authority that signed the guest's (PEM).",
    ],
    [
      packer && certificate !== 'packer',
      'SSL_CERT_FILE',
      "A bundle of the system's roots and that certificate: Packer has no option for it.",
    ],
    [
      true,
      'LYNCIMG_REPORTS',
      "Absolute path of an existing folder for the gate's report and the tasks' events; the layer's own if not set.",
    ],
    [packer, 'LYNCIMG_COMMAND', 'How the gate starts lyncimg; `lyncimg` if not set.'],
    [true, 'LC_ALL', '`C.UTF-8`: Ansible refuses `C`.'],
    [true, 'NO_PROXY', 'The address of the guest, where a proxy is set.'],
    [packer, 'CHECKPOINT_DISABLE', '`1`: Packer asks nobody for its newest version.'],
  ];
  return rows.filter(([here]) => here).map(([, name, what]) => [name, what]);
}
