// What a template learns from the environment: the run values and secrets that its source uses, declared so that the
// folder passes `packer validate` where none of them is set.
import {
  attributes,
  expression,
  runValues,
  type HclItem,
  type HclValue,
  type MachineSpec,
  type PackerSource,
  type Platform,
  type RunValue,
} from '../platforms/index.js';
import { valueText } from './hcl.js';

export interface TemplateInput {
  /** Of the variable, and of the local that a source uses. */
  name: string;
  env: string;
  what: string;
  secret: boolean;
  /** What stands in where the variable is empty; it names what is missing. */
  unset: HclValue;
}

/** In the order of run-values.ts, secrets of the platform last. Throws where a source uses a name that nothing declares. */
export function inputsOf(source: PackerSource, platform: Platform, machine: MachineSpec): TemplateInput[] {
  const used = new Set(localsIn(source.body));
  const declared: TemplateInput[] = Object.entries<RunValue>(runValues).map(
    ([name, { env, what, unset, secret = false }]) => ({ name, env, what, secret, unset }),
  );
  for (const { variable, env, what } of platform.secrets) {
    declared.push({ name: variable, env, what: sentence(what), secret: true, unset: `set ${env}` });
  }
  const inputs = declared.filter(({ name }) => used.delete(name));
  if (used.size > 0) throw new Error(`${platform.name} uses what nothing declares: ${[...used].join(', ')}`);
  return inputs.map((input) => ({ ...input, unset: standIn(input, source, machine) }));
}

function sentence(what: string): string {
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
}

function standIn({ name, unset }: TemplateInput, source: PackerSource, machine: MachineSpec): HclValue {
  if (name === 'host') return machine.network.static?.address ?? unset;
  return source.mustExist?.some((file) => file === name) === true
    ? expression('"${path.root}/lyncimg.pkr.hcl"')
    : unset;
}

/** `variable` blocks and the `locals` with their stand-ins. */
export function inputBlocks(inputs: readonly TemplateInput[], source: PackerSource): HclItem[] {
  const locals = inputs.map(({ name, unset }): HclItem => ({
    attribute: name,
    value: expression(`var.${name} != "" ? var.${name} : ${valueText(unset)}`),
  }));
  return [
    ...inputs.flatMap(({ name, env, what, secret }): HclItem[] => [
      {
        block: 'variable',
        labels: [name],
        body: attributes({
          type: expression('string'),
          description: what,
          default: expression(`env("${env}")`),
          ...(secret && { sensitive: true }),
        }),
      },
      { blank: true },
    ]),
    {
      comment: [
        'What stands in where the environment says nothing: `packer validate` needs none of it, and an error names what is',
        'missing.',
        ...(source.mustExist === undefined
          ? []
          : ['Files that the builder already looks for when it validates are this file until they are set.']),
      ].join('\n'),
    },
    { block: 'locals', body: locals },
    { blank: true },
  ];
}

/** Names of all `local.<name>` in the expressions of a body. */
function localsIn(items: readonly HclItem[]): string[] {
  return items.flatMap((item) => {
    if ('attribute' in item) return localsOfValue(item.value);
    return 'body' in item ? localsIn(item.body) : [];
  });
}

function localsOfValue(value: HclValue): string[] {
  if (Array.isArray(value)) return value.flatMap(localsOfValue);
  if (typeof value !== 'object') return [];
  if ('map' in value) return Object.values(value.map).flatMap(localsOfValue);
  if ('template' in value) return value.template.flatMap((part) => localsOfValue(part));
  return [...value.expression.matchAll(/\blocal\.(\w+)/g)].flatMap(([, name]) => name ?? []);
}
