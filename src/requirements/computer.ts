// What a machine is in the network: member of a workgroup or a domain, its primary DNS suffix, and its name.
//
// Sysprep takes all of it away, so no golden image has it and nothing is installed: `verify` judges it on a deployed
// machine, and the build's gate lists it as due after deployment. Of a machine that runs already `apply` sets the suffix
// alone: membership and name are decisions, with an account in a domain behind them.
import { z } from 'zod';
import { unreachable } from '../util/index.js';
import type { CimQuery, Facts, RegistryQuery } from './facts.js';
import type { Judgement, Kind, Requirement } from './kind.js';
import { restartTask } from './restart.js';
import { booleanOf, sameText, textOf } from './rows.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask } from './task.js';

const dnsName = /^[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*$/;

const schema = z
  .strictObject({
    membership: z.enum(['workgroup', 'domain']).optional(),
    name: z
      .string()
      .regex(dnsName, 'The name of a workgroup or domain.')
      .optional()
      .meta({ description: 'Which workgroup or domain; any where it is absent.' }),
    dnsSuffix: z
      .string()
      .regex(dnsName, 'A DNS suffix, e.g. contoso.com, or present.')
      .optional()
      .meta({ description: 'The primary DNS suffix; `present` accepts any.' }),
    nameRule: z
      .literal('valid')
      .optional()
      .meta({ description: 'The name is one that NetBIOS, DNS and Lync take.' }),
  })
  .refine(
    ({ membership, dnsSuffix, nameRule }) =>
      [membership, dnsSuffix, nameRule].filter((part) => part !== undefined).length === 1,
    { error: 'A computer requirement is either membership, dnsSuffix or nameRule; write one for each.' },
  )
  .refine(({ membership, name }) => membership !== undefined || name === undefined, {
    error: 'name belongs to membership.',
    path: ['name'],
  });

export type ComputerInput = z.infer<typeof schema>;

export type ComputerSpec =
  | { about: 'membership'; membership: 'workgroup' | 'domain'; name: string | null }
  /** Null: any suffix will do. */
  | { about: 'dnsSuffix'; suffix: string | null }
  | { about: 'name' };

const systemQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_ComputerSystem',
  properties: ['Domain', 'PartOfDomain', 'Workgroup'],
};
/** Name is the NetBIOS name, which Windows cuts off after 15 characters; DNSHostName is the whole. */
const nameQuery: CimQuery = { ...systemQuery, properties: ['Name', 'DNSHostName'] };
const tcpip = 'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
/** `NV Domain` is what was set, `Domain` what the last start made of it. */
const suffixQuery: RegistryQuery = {
  kind: 'registry',
  hive: 'HKLM',
  key: tcpip,
  value: { name: 'NV Domain', type: 'string' },
};

export const computer: Kind<ComputerInput, ComputerSpec> = {
  name: 'computer',
  summary: 'The deployed machine is in a workgroup or a domain, has a primary DNS suffix, or a valid name.',
  example: '- computer: { membership: workgroup }\n  source: MS-EDGE-INST\n',
  stage: 'machine',
  phase: 100,
  schema,

  resolve(input) {
    const { membership, name, dnsSuffix, nameRule } = input;
    if (nameRule !== undefined) return { ok: true, spec: { about: 'name' } };
    if (membership !== undefined)
      return { ok: true, spec: { about: 'membership', membership, name: name ?? null } };
    const suffix = dnsSuffix === undefined || sameText(dnsSuffix, 'present') ? null : dnsSuffix;
    return { ok: true, spec: { about: 'dnsSuffix', suffix } };
  },

  id: (spec) => `computer/${{ membership: 'membership', dnsSuffix: 'dns-suffix', name: 'name' }[spec.about]}`,
  title: (spec) => `Computer: ${wanted(spec)}`,
  tasks: () => [],
  applyTasks: (requirements) => requirements.flatMap(suffixTasks),
  facts: (spec) => [{ membership: systemQuery, dnsSuffix: suffixQuery, name: nameQuery }[spec.about]],
  judge(spec, facts) {
    switch (spec.about) {
      case 'membership':
        return judgeMembership(spec, facts);
      case 'dnsSuffix':
        return judgeSuffix(spec, facts);
      case 'name':
        return judgeName(spec, facts);
      default:
        return unreachable(spec);
    }
  },
};

function wanted(spec: ComputerSpec): string {
  if (spec.about === 'name') return 'a name of up to 15 letters, digits and hyphens';
  if (spec.about === 'membership') return `${spec.membership} ${spec.name ?? '(any)'}`;
  return `primary DNS suffix ${spec.suffix ?? '(any)'}`;
}

/**
 * Of a member the domain decides which suffixes there may be (msDS-AllowedDNSSuffixes: Microsoft, Create a disjoint
 * namespace); with another one it could not register its own names, so there nothing is set.
 */
function suffixTasks(requirement: Requirement<ComputerSpec>): AnsibleTask[] {
  const { spec } = requirement;
  if (spec.about !== 'dnsSuffix' || spec.suffix === null) return [];
  const { suffix } = spec;
  const path = `HKLM:\\${tcpip}`;
  const alone = 'not lyncimg_membership.ansible_facts.ansible_windows_domain_member';
  return [
    {
      name: 'Ask whether the machine is in a domain',
      comments: [...sourceLines(requirement), 'Of a member, the domain decides on the suffix.'],
      module: 'ansible.windows.setup',
      args: { gather_subset: ['!all', '!min', 'windows_domain'] },
      register: 'lyncimg_membership',
    },
    {
      name: `Set the primary DNS suffix to ${suffix}`,
      comments: [],
      module: 'ansible.windows.win_regedit',
      args: { path, name: 'NV Domain', type: 'string', data: suffix, state: 'present' },
      when: alone,
    },
    {
      name: 'Ask which DNS suffix Windows goes by',
      comments: [],
      module: 'ansible.windows.win_reg_stat',
      args: { path, name: 'Domain' },
      register: 'lyncimg_dns_suffix',
    },
    restartTask(
      'Restart where Windows goes by another DNS suffix still',
      `${alone} and lyncimg_dns_suffix.value | default('') | lower != '${suffix.toLowerCase()}'`,
    ),
  ];
}

function judgeMembership(spec: ComputerSpec & { about: 'membership' }, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.cim(systemQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const [row] = answer.value;
  if (row === undefined) return { verdict: 'unknown', expected, cause: 'Win32_ComputerSystem gave no row' };
  const partOfDomain = booleanOf(row, 'PartOfDomain');
  if (partOfDomain === undefined)
    return { verdict: 'unknown', expected, cause: 'PartOfDomain is not a boolean' };
  const found = partOfDomain ? 'domain' : 'workgroup';
  // In a workgroup, Domain holds the workgroup's name where Workgroup is null.
  const name = found === 'domain' ? textOf(row, 'Domain') : textOf(row, 'Workgroup') || textOf(row, 'Domain');
  const actual = `${found} ${name}`;
  const met = found === spec.membership && (spec.name === null || sameText(spec.name, name));
  if (met) return { verdict: 'pass', expected, actual };
  const fix =
    spec.membership === 'domain'
      ? `Join the machine to the domain${spec.name === null ? '' : ` ${spec.name}`} and restart it.`
      : `Take the machine into the workgroup${spec.name === null ? '' : ` ${spec.name}`} and restart it.`;
  return { verdict: 'fail', expected, actual, fix };
}

function judgeSuffix(spec: ComputerSpec & { about: 'dnsSuffix' }, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.registry(suffixQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const found = answer.value;
  if (found.exists && 'otherType' in found)
    return { verdict: 'unknown', expected, cause: 'NV Domain is not a string' };
  const data = found.exists ? found.data : '';
  const suffix = typeof data === 'string' ? data : '';
  const actual = suffix === '' ? 'no primary DNS suffix' : `primary DNS suffix ${suffix}`;
  const met = spec.suffix === null ? suffix !== '' : sameText(spec.suffix, suffix);
  if (met) return { verdict: 'pass', expected, actual };
  const fix = `Set the primary DNS suffix${spec.suffix === null ? ' that the topology names' : ` to ${spec.suffix}`} and restart the machine.`;
  return { verdict: 'fail', expected, actual, fix };
}

/** Letters, digits and hyphens, not at the ends, and not digits alone (NetBIOS, and Lync's page on DNS for Edge Servers). */
function judgeName(spec: ComputerSpec & { about: 'name' }, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.cim(nameQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const row = answer.value[0] ?? {};
  const [short, whole] = [textOf(row, 'Name'), textOf(row, 'DNSHostName')];
  if (short === '' || whole === '')
    return { verdict: 'unknown', expected, cause: 'Windows does not say its name and its host name' };
  const fix = 'Rename the machine before it joins the domain and the topology.';
  const wrong = [whole, short].find((name) => !/^(?!\d+$)(?!-)[A-Za-z0-9-]{1,15}(?<!-)$/.test(name));
  if (wrong !== undefined) return { verdict: 'fail', expected, actual: wrong, fix };
  if (!sameText(short, whole))
    return { verdict: 'fail', expected, actual: `host name ${whole}, but NetBIOS name ${short}`, fix };
  return { verdict: 'pass', expected, actual: whole };
}
