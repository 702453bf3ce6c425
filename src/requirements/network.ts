// The network cards of the deployed machine: one address on a server inside, two separate networks on an Edge.
import { z } from 'zod';
import type { CimQuery, CimRow } from './facts.js';
import { ipv4Range } from './ipv4.js';
import type { Judgement, Kind } from './kind.js';
import { common, type Range } from './ranges.js';
import { booleanOf, listOf, textOf } from './rows.js';

const rules = {
  'single-homed': { expected: 'one IPv4 address', judge: judgeSingleHomed },
  'two-interfaces': { expected: 'two network cards in different subnets', judge: judgeTwoInterfaces },
  'one-gateway': { expected: 'a default gateway on one network card', judge: judgeOneGateway },
  'static-addresses': { expected: 'no address from DHCP', judge: judgeStatic },
} as const;
type Rule = keyof typeof rules;

/** What a rule finds in the rows; `unclear` is the cause of an unknown verdict. */
type Finding =
  { met: true; actual: string } | { met: false; actual: string; fix: string } | { unclear: string };

const schema = z.strictObject({
  rule: z.enum(Object.keys(rules) as [Rule, ...Rule[]]).meta({
    description:
      '`single-homed`: one IPv4 address; `two-interfaces`: cards in two subnets; `one-gateway`: on one card alone; `static-addresses`: none from DHCP.',
  }),
});

export type NetworkInput = z.infer<typeof schema>;

export interface NetworkSpec {
  rule: Rule;
}

const query: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_NetworkAdapterConfiguration',
  properties: ['Description', 'DHCPEnabled', 'IPAddress', 'IPSubnet', 'DefaultIPGateway'],
  arrays: ['IPAddress', 'IPSubnet', 'DefaultIPGateway'],
  // Without it every tunnel and every card without a cable is a row of nothing.
  where: 'IPEnabled=TRUE',
};

export const network: Kind<NetworkInput, NetworkSpec> = {
  name: 'network',
  summary:
    'The network cards of the deployed machine: how many addresses, subnets and gateways, and whether fixed.',
  example: '- network: { rule: single-homed }\n  source: MS-HW\n',
  stage: 'machine',
  phase: 100,
  schema,
  resolve: (input) => ({ ok: true, spec: { rule: input.rule } }),
  id: ({ rule }) => `network/${rule}`,
  title: ({ rule }) => `Network: ${rules[rule].expected}`,
  tasks: () => [],
  facts: () => [query],
  evidence: () => true,

  judge({ rule }, facts): Judgement {
    const { expected, judge } = rules[rule];
    const answer = facts.cim(query);
    if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
    // Whoever answered over the network has a card with an address.
    if (answer.value.length === 0)
      return { verdict: 'unknown', expected, cause: 'Windows listed no network card with an address' };
    const finding = judge(answer.value);
    if ('unclear' in finding) return { verdict: 'unknown', expected, cause: finding.unclear };
    const { actual } = finding;
    return finding.met
      ? { verdict: 'pass', expected, actual }
      : { verdict: 'fail', expected, actual, fix: finding.fix };
  },
};

/** Without loopback, and without what Windows gives itself where nobody else does (169.254.0.0/16). */
function addressesOf(row: CimRow): string[] {
  return listOf(row, 'IPAddress').filter(
    (address) => ipv4Range(address) !== undefined && !/^(127|169\.254)\./.test(address),
  );
}

function judgeSingleHomed(rows: readonly CimRow[]): Finding {
  const addresses = rows.flatMap(addressesOf);
  const actual = addresses.length === 0 ? 'no IPv4 address' : addresses.join(', ');
  if (addresses.length === 1) return { met: true, actual };
  return {
    met: false,
    actual,
    fix: 'Leave one network card with one IPv4 address; teamed cards count as one.',
  };
}

function judgeTwoInterfaces(rows: readonly CimRow[]): Finding {
  const cards: Range[][] = [];
  for (const row of rows) {
    const subnets = subnetsOf(row);
    if (subnets === undefined) return { unclear: `${nameOf(row)} does not say the subnet of each address` };
    if (subnets.length > 0) cards.push(subnets);
  }
  const apart = cards.some((card, index) =>
    cards.slice(index + 1).some((other) => common(card, other).length === 0),
  );
  if (apart) return { met: true, actual: `${String(cards.length)} network cards, in different subnets` };
  const actual =
    cards.length < 2 ? `${String(cards.length)} network card` : 'all network cards share a subnet';
  return {
    met: false,
    actual,
    fix: 'Give the Edge an internal and an external card, in subnets without a route.',
  };
}

function subnetsOf(row: CimRow): Range[] | undefined {
  const masks = listOf(row, 'IPSubnet');
  const used = new Set(addressesOf(row));
  const ranges = listOf(row, 'IPAddress').flatMap((address, index) =>
    used.has(address) ? [ipv4Range(`${address}/${masks[index] ?? ''}`)] : [],
  );
  return ranges.includes(undefined) ? undefined : (ranges as Range[]);
}

function judgeOneGateway(rows: readonly CimRow[]): Finding {
  const names = rows.filter((row) => listOf(row, 'DefaultIPGateway').length > 0).map(nameOf);
  if (names.length === 1) return { met: true, actual: `default gateway on ${names.join()}` };
  const actual = names.length === 0 ? 'no default gateway' : `default gateways on ${names.join(', ')}`;
  const fix = 'Leave the default gateway on the external card alone, and reach inside by persistent routes.';
  return { met: false, actual, fix };
}

function judgeStatic(rows: readonly CimRow[]): Finding {
  const silent = rows.find((row) => booleanOf(row, 'DHCPEnabled') === undefined);
  const leased = rows.filter((row) => booleanOf(row, 'DHCPEnabled') === true).map(nameOf);
  if (leased.length > 0)
    return { met: false, actual: `DHCP on ${leased.join(', ')}`, fix: 'Give each card a static address.' };
  if (silent !== undefined) return { unclear: `${nameOf(silent)} does not say whether it uses DHCP` };
  return { met: true, actual: 'static addresses' };
}

function nameOf(row: CimRow): string {
  return textOf(row, 'Description') || 'a network card';
}
