// One rule of Windows Firewall as the registry has it: fields between bars, e.g.
// v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=5985|App=System|Name=WinRM|
// Grammar: MS-GPFAS 2.2.2.19, which is the same for local rules (high).
import { portRange } from './ports.js';
import type { Range } from './ranges.js';

export const firewallProfiles = ['domain', 'private', 'public'] as const;
export type FirewallProfile = (typeof firewallProfiles)[number];

/** Words are what stands for ports that Windows chooses itself: RPC, RPC-EPMap, IPHTTPSIn, Teredo. Null: every port. */
export type RulePorts = { ranges: Range[]; words: string[] } | null;

export interface FirewallRule {
  /** Often a reference to a text of a DLL, e.g. `@FirewallAPI.dll,-28502`. */
  name: string;
  action: 'allow' | 'block';
  direction: 'in' | 'out';
  /** IANA number; null: every protocol. */
  protocol: number | null;
  localPorts: RulePorts;
  remotePorts: RulePorts;
  profiles: FirewallProfile[];
  /** The program that it is for; null: any. `System` is the kernel, which listens for IIS and WinRM. */
  program: string | null;
  /** The service that it is for, `*` for any service; null: services and other programs. */
  service: string | null;
  /** IPv4, IPv6 and words such as LocalSubnet, as written; empty: any. */
  remoteAddresses: string[];
  /** Fields with more conditions, such as `LA4=…` or `Security=…`, as written. */
  narrowedBy: string[];
}

const readFields = new Set(
  'action,active,dir,protocol,profile,lport,lport2_10,rport,rport2_10,app,svc,ra4,ra6,ra42,ra62,name'.split(
    ',',
  ),
);
/** Texts, and how answers and fragments are treated: no conditions. */
const harmlessFields = new Set('desc,embedctxt,edge,defer,lsm,skipver,pcross'.split(','));

/** Null for a rule that is not in force: switched off, or none that Windows could read. */
export function activeRule(text: string): FirewallRule | null {
  const [version = '', ...parts] = text.split('|');
  if (!/^v\d+\.\d+$/.test(version)) return null;
  const fields = new Map<string, string[]>();
  for (const part of parts) {
    const [, field, value] = /^([^=]+)=(.*)$/s.exec(part) ?? [];
    if (field === undefined || value === undefined) continue;
    const key = field.toLowerCase();
    fields.set(key, [...(fields.get(key) ?? []), value]);
  }
  const one = (field: string): string | null => fields.get(field)?.[0] ?? null;
  const many = (...names: string[]): string[] => names.flatMap((name) => fields.get(name) ?? []);
  const action = oneOf(['allow', 'block'] as const, one('action'));
  const direction = oneOf(['in', 'out'] as const, one('dir'));
  const protocol = one('protocol');
  // ByPass rules are for authenticated IPsec alone.
  if (action === undefined || direction === undefined || lower(one('active')) !== 'true') return null;
  if (protocol !== null && !/^\d{1,3}$/.test(protocol)) return null;
  const named = many('profile').map(lower);
  return {
    name: one('name') ?? '',
    action,
    direction,
    protocol: protocol === null ? null : Number(protocol),
    localPorts: portsOf(many('lport', 'lport2_10')),
    remotePorts: portsOf(many('rport', 'rport2_10')),
    profiles: firewallProfiles.filter((profile) => named.length === 0 || named.includes(profile)),
    program: one('app'),
    service: one('svc'),
    remoteAddresses: many('ra4', 'ra6', 'ra42', 'ra62'),
    narrowedBy: [...fields]
      .filter(([field]) => !readFields.has(field) && !harmlessFields.has(field))
      .flatMap(([field, values]) => values.map((value) => `${field}=${value}`)),
  };
}

function oneOf<Word extends string>(words: readonly Word[], text: string | null): Word | undefined {
  return words.find((word) => word === lower(text));
}

function lower(text: string | null): string {
  return text?.toLowerCase() ?? '';
}

function portsOf(texts: readonly string[]): RulePorts {
  if (texts.length === 0) return null;
  const ports = texts.map((text) => ({ text, range: portRange(text) }));
  return {
    ranges: ports.flatMap(({ range }) => range ?? []),
    words: ports.flatMap(({ text, range }) => (range === undefined ? [text] : [])),
  };
}
