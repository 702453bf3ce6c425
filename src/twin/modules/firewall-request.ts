// What a task of win_firewall_rule asks for, and the rule that its COM object becomes: HNetCfg.FWRule with its
// defaults, checked in the module's order and words.
import { parseAddresses, parsePorts } from '../firewall-values.js';
import type { NewFirewallRule } from '../machine.js';
import type { FirewallProfile } from '../state.js';
import { dotNetText } from './basic-convert.js';
import type { LegacyArguments } from './legacy.js';
import { failJson, notModelled } from './reply.js';

export interface FirewallRequest {
  state: 'present' | 'absent';
  /** An empty name where only a group was given. */
  wanted: NewFirewallRule;
  /** Properties that the task gave, in the order in which the module changes them. */
  given: readonly (keyof NewFirewallRule)[];
}

const parameters = {
  description: 'description',
  direction: 'direction',
  action: 'action',
  program: 'program',
  group: 'group',
  service: 'service',
  enabled: 'enabled',
  profiles: 'profiles',
  localip: 'localAddresses',
  remoteip: 'remoteAddresses',
  localport: 'localPorts',
  remoteport: 'remotePorts',
  protocol: 'protocol',
} as const;

const protocols: readonly (readonly [RegExp, number])[] = [
  [/^tcp$/i, 6],
  [/^udp$/i, 17],
  [/^icmpv4/i, 1],
  [/^icmpv6/i, 58],
];

const allProfiles: readonly FirewallProfile[] = ['domain', 'private', 'public'];
const securityOptions = ['notrequired', 'authnoencap', 'authenticate', 'authdynenc', 'authenc'];

export function readRequest(args: LegacyArguments, expand: (text: string) => string): FirewallRequest {
  const name = args.str('name') ?? '';
  const description = args.str('description');
  const direction = args.str('direction', { choices: ['in', 'out'] });
  const action = args.str('action', { choices: ['allow', 'block'] });
  const program = args.str('program');
  const group = args.str('group') ?? '';
  const service = args.str('service');
  const enabled = args.raw('enabled', { aliases: ['enable'] });
  const profiles = args.list('profiles', { aliases: ['profile'] });
  const [localIp, remoteIp] = [args.str('localip'), args.str('remoteip')];
  const [localPort, remotePort] = [args.str('localport'), args.str('remoteport')];
  const protocol = args.str('protocol');
  const interfaceTypes = args.list('interfacetypes');
  const edge = args.str('edge', { choices: ['no', 'yes', 'deferapp', 'deferuser'] });
  const security = args.str('security', { choices: securityOptions });
  const icmp = args.list('icmp_type_code');
  const state = args.str('state', { default: 'present', choices: ['present', 'absent'] });
  if (name === '' && group === '') failJson('Either name or group must be specified');
  const number = isAny(protocol) ? null : protocolOf(protocol);
  const wanted: NewFirewallRule = {
    name,
    enabled: enabled === null || isTrue(enabled),
    description: description ?? '',
    group,
    program: isAny(program) ? '' : expand(program),
    service: isAny(service) ? '' : service,
    protocol: number,
    localPorts: isAny(localPort) ? [] : portsOf(localPort, number),
    remotePorts: isAny(remotePort) ? [] : portsOf(remotePort, number),
    localAddresses: isAny(localIp) ? [] : (parseAddresses(localIp) ?? refuse()),
    remoteAddresses: isAny(remoteIp) ? [] : (parseAddresses(remoteIp) ?? refuse()),
    direction: direction?.toLowerCase() === 'out' ? 'out' : 'in',
    action: action?.toLowerCase() === 'block' ? 'block' : 'allow',
    profiles: profiles === null ? [...allProfiles] : profilesOf(profiles),
  };
  if (icmp !== null && icmp.join(',') !== 'any') failJson(notModelled('icmp_type_code of a firewall rule'));
  checkInterfaceTypes(interfaceTypes);
  if (edge !== null && edge.toLowerCase() !== 'no') failJson(notModelled('edge of a firewall rule'));
  if (security !== null && security.toLowerCase() !== 'notrequired')
    failJson(notModelled('security of a firewall rule'));
  return {
    state: state?.toLowerCase() === 'absent' ? 'absent' : 'present',
    wanted,
    given: Object.entries(parameters).flatMap(([parameter, key]) => (isGiven(args, parameter) ? [key] : [])),
  };
}

const aliases: Readonly<Record<string, readonly string[]>> = { enabled: ['enable'], profiles: ['profile'] };

function isGiven(args: LegacyArguments, parameter: string): boolean {
  return args.raw(parameter, { aliases: aliases[parameter] ?? [] }) !== null;
}

function isAny(text: string | null): text is null {
  return text === null || text.toLowerCase() === 'any';
}

/** Legacy.psm1's bool. */
function isTrue(value: unknown): boolean {
  return ['yes', 'on', '1', 'true'].includes(dotNetText(value).toLowerCase());
}

/** 256 is NET_FW_IP_PROTOCOL_ANY. */
function protocolOf(text: string): number | null {
  const number = /^\d+$/.test(text.trim())
    ? Number(text)
    : protocols.find(([pattern]) => pattern.test(text))?.[1];
  if (number === undefined) return failJson(`Unknown protocol '${text}'.`);
  if (number > 256) return refuse();
  return number === 256 ? null : number;
}

function portsOf(text: string, protocol: number | null): string[] {
  return (protocol === 6 || protocol === 17 ? parsePorts(text) : undefined) ?? refuse();
}

function profilesOf(list: readonly unknown[]): FirewallProfile[] {
  const wanted = list.map((item) => {
    const profile = allProfiles.find((each) => each === dotNetText(item).toLowerCase());
    return profile ?? failJson(`Unknown profile '${dotNetText(item)}'.`);
  });
  return allProfiles.filter((profile) => wanted.includes(profile));
}

function checkInterfaceTypes(list: readonly unknown[] | null): void {
  if (list === null || (list.length === 1 && dotNetText(list[0]).toLowerCase() === 'any')) return;
  const known = ['wireless', 'lan', 'ras'];
  const unknown = list.find((item) => !known.includes(dotNetText(item).toLowerCase()));
  if (unknown !== undefined) failJson(`Unknown interface type '${dotNetText(unknown)}'.`);
  failJson(notModelled('interfacetypes of a firewall rule'));
}

/** E_INVALIDARG of the COM object, as .NET words it. */
function refuse(): never {
  return failJson('Value does not fall within the expected range.');
}
