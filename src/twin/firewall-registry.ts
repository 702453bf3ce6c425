// Firewall rules as the registry keeps them, one value a rule. Form: MS-GPFAS 2.2.2 and public dumps (high); that a
// range of ports has a token of its own, LPort2_10: the same (high); version by system: general knowledge (medium).
import { isIPv4 } from 'node:net';
import { registryTexts } from './firewall-table.js';
import { isAddressWord } from './firewall-values.js';
import { text } from './registry-table.js';
import type { FirewallRule, RegistryData } from './state.js';

const versions: Readonly<Record<string, string>> = { '2008r2': 'v2.10', '2012': 'v2.20', '2012r2': 'v2.22' };
const profileWords = { domain: 'Domain', private: 'Private', public: 'Public' } as const;

const policy = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';

/** The keys that switch the firewall on for each profile; Standard is Private. */
export const profileKeys: readonly string[] = ['DomainProfile', 'StandardProfile', 'PublicProfile'].map(
  (profile) => `${policy}\\${profile}`,
);

export function firewallKey(
  os: string,
  rules: readonly FirewallRule[],
): readonly [string, Record<string, RegistryData>] {
  const values = rules.map((rule): [string, RegistryData] => [rule.id, text(ruleText(os, rule))]);
  return [`${policy}\\FirewallRules`, Object.fromEntries(values)];
}

function ruleText(os: string, rule: FirewallRule): string {
  const { name, description } = registryTexts(rule);
  const profiles = rule.profiles.length === 3 ? [] : rule.profiles.map((profile) => profileWords[profile]);
  const fields: (readonly [string, readonly (string | number)[]])[] = [
    ['Action', [rule.action === 'allow' ? 'Allow' : 'Block']],
    ['Active', [rule.enabled ? 'TRUE' : 'FALSE']],
    ['Dir', [rule.direction === 'in' ? 'In' : 'Out']],
    ['Protocol', rule.protocol === null ? [] : [rule.protocol]],
    ['Profile', profiles],
    ...portFields('L', rule.localPorts),
    ...portFields('R', rule.remotePorts),
    ...addressFields('L', rule.localAddresses),
    ...addressFields('R', rule.remoteAddresses),
    ['App', present(rule.program)],
    ['Svc', present(rule.service)],
    ['Name', [name]],
    ['Desc', present(description)],
    ['EmbedCtxt', present(rule.group)],
  ];
  const words = fields.flatMap(([field, values]) => values.map((value) => `${field}=${value}|`));
  return `${versions[os] ?? 'v2.10'}|${words.join('')}`;
}

function present(value: string): string[] {
  return value === '' ? [] : [value];
}

function portFields(side: 'L' | 'R', ports: readonly string[]): [string, string[]][] {
  const isRange = (port: string): boolean => /^\d+-\d+$/.test(port);
  return [
    [`${side}Port`, ports.filter((port) => !isRange(port))],
    [`${side}Port2_10`, ports.filter(isRange)],
  ];
}

/** A word as LocalSubnet means both families. */
function addressFields(side: 'L' | 'R', addresses: readonly string[]): [string, string[]][] {
  const isV4 = (address: string): boolean => isIPv4(/^[^/-]*/.exec(address)?.[0] ?? '');
  return [
    [`${side}A4`, addresses.filter((address) => isV4(address) || isAddressWord(address))],
    [`${side}A6`, addresses.filter((address) => !isV4(address))],
  ];
}
