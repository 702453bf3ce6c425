// What the rules in force say of a port: opened, blocked, or blocked for some in a way that nobody can foretell.
import type { FirewallSpec } from './firewall-spec.js';
import type { FirewallProfile, FirewallRule, RulePorts } from './firewall-rule.js';
import { ipv4Range } from './ipv4.js';
import { portRange, portTexts } from './ports.js';
import { common, missingFrom, type Range } from './ranges.js';
import { sameText } from './rows.js';

const everyPort: Range = { first: 0, last: 65_535 };
const protocolNumbers = { tcp: 6, udp: 17 } as const;

/** Ports that no allow rule opens, by the profile in which they stay closed; empty where all are open. */
export function closedPorts(
  spec: FirewallSpec,
  rules: readonly FirewallRule[],
): Map<FirewallProfile, string[]> {
  const opening = rules.filter((rule) => rule.action === 'allow' && opensForAll(spec, rule));
  const closed = new Map<FirewallProfile, string[]>();
  for (const profile of spec.profiles) {
    const open = opening
      .filter(({ profiles }) => profiles.includes(profile))
      .flatMap((rule) => portsOf(spec, rule).ports?.ranges ?? [everyPort]);
    const missing = portTexts(missingFrom(open, wantedPorts(spec)));
    if (missing.length > 0) closed.set(profile, missing);
  }
  return closed;
}

/**
 * Rules that block one of the ports. `doubtful` are those that block it under conditions that facts cannot weigh:
 * for some addresses, on some interface, or with a word in the place of a port.
 */
export function blockingRules(
  spec: FirewallSpec,
  rules: readonly FirewallRule[],
): { certain: FirewallRule[]; doubtful: FirewallRule[] } {
  const certain: FirewallRule[] = [];
  const doubtful: FirewallRule[] = [];
  for (const rule of rules) {
    if (rule.action !== 'block' || !concerns(spec, rule)) continue;
    const { ports, others } = portsOf(spec, rule);
    const hit = ports === null || common(ports.ranges, wantedPorts(spec)).length > 0;
    const mayHit = hit || ports.words.length > 0;
    const where = blockedAddresses(spec, rule);
    if (!mayHit || where === 'others') continue;
    const sure = hit && others === null && rule.narrowedBy.length === 0 && where === 'wanted';
    (sure ? certain : doubtful).push(rule);
  }
  return { certain, doubtful };
}

/** Direction, protocol, profile and program. A rule for another program or a service leaves the port to others. */
function concerns(spec: FirewallSpec, rule: FirewallRule): boolean {
  const { program, service } = rule;
  const sameProgram =
    program === null ||
    (spec.program === null ? sameText(program, 'System') : sameText(program, spec.program));
  return (
    rule.direction === spec.direction &&
    (rule.protocol === null || rule.protocol === protocolNumbers[spec.protocol]) &&
    rule.profiles.some((profile) => spec.profiles.includes(profile)) &&
    service === null &&
    sameProgram
  );
}

function opensForAll(spec: FirewallSpec, rule: FirewallRule): boolean {
  return (
    concerns(spec, rule) &&
    // A rule for the kernel (System) blocks a port for all, and opens it for the kernel alone.
    (rule.program === null || spec.program !== null) &&
    portsOf(spec, rule).others === null &&
    rule.narrowedBy.length === 0 &&
    opensAddresses(spec, rule)
  );
}

/** The ports that listen on this machine, or are asked for on another one; `others` narrow the rule further. */
function portsOf(spec: FirewallSpec, rule: FirewallRule): { ports: RulePorts; others: RulePorts } {
  return spec.direction === 'in'
    ? { ports: rule.localPorts, others: rule.remotePorts }
    : { ports: rule.remotePorts, others: rule.localPorts };
}

function wantedPorts(spec: FirewallSpec): Range[] {
  return spec.ports.flatMap((port) => portRange(port) ?? []);
}

/** A rule for some addresses opens nothing for all. */
function opensAddresses({ remoteIps }: FirewallSpec, { remoteAddresses }: FirewallRule): boolean {
  if (remoteAddresses.length === 0) return true;
  const opened = remoteAddresses.flatMap((address) => ipv4Range(address) ?? []);
  return (
    remoteIps.length > 0 &&
    remoteIps.every((wanted) => {
      const range = ipv4Range(wanted);
      if (range === undefined) return remoteAddresses.some((address) => sameText(address, wanted));
      return missingFrom(opened, [range]).length === 0;
    })
  );
}

function blockedAddresses(
  { remoteIps }: FirewallSpec,
  { remoteAddresses }: FirewallRule,
): 'wanted' | 'others' | 'some' {
  if (remoteAddresses.length === 0) return 'wanted';
  const ranges = (texts: readonly string[]): (Range | undefined)[] => texts.map(ipv4Range);
  const wanted = ranges(remoteIps);
  const blocked = ranges(remoteAddresses);
  const clear = (list: (Range | undefined)[]): list is Range[] => !list.includes(undefined);
  if (wanted.length === 0 || !clear(wanted) || !clear(blocked)) return 'some';
  return common(wanted, blocked).length > 0 ? 'wanted' : 'others';
}
