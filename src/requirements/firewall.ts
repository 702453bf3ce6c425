// Windows Firewall: a port is opened by a rule, or at least no rule blocks it.
//
// Lync's setup makes rules for its own programs, so that a role asks of most ports only that they are `unblocked`: a
// block rule beats every allow rule that setup makes. Not looked at: whether the firewall is on, what it does where no
// rule applies, and a policy that leaves local rules out of force.
import type { Answer, Facts, RegistryValuesQuery } from './facts.js';
import { blockingRules, closedPorts } from './firewall-judge.js';
import { activeRule, type FirewallRule } from './firewall-rule.js';
import { firewallSchema, resolveFirewall, type FirewallInput, type FirewallSpec } from './firewall-spec.js';
import type { Judgement, Kind, Requirement } from './kind.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask } from './task.js';

/** What was set here, and what group policy adds. */
const localRules: RegistryValuesQuery = {
  kind: 'registry-values',
  hive: 'HKLM',
  key: 'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules',
};
const policyRules: RegistryValuesQuery = {
  kind: 'registry-values',
  hive: 'HKLM',
  key: 'SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules',
};

export const firewall: Kind<FirewallInput, FirewallSpec> = {
  name: 'firewall',
  summary: 'A rule of Windows Firewall opens these ports, or no rule blocks them.',
  example: [
    '- firewall:',
    '    name: Lync media',
    '    protocol: tcp',
    "    ports: [5061, '50000-59999']",
    '    action: allow',
    '  source: MS-ADDSUP',
    '',
  ].join('\n'),
  stage: 'image',
  // After the services: the rules are kept by one of them.
  phase: 42,
  schema: firewallSchema,
  resolve: resolveFirewall,

  id: (spec) =>
    `firewall/${spec.name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/-$/, '')}`,
  title: (spec) => `Firewall: ${wanted(spec)} (${spec.name})`,
  tasks: (requirements) =>
    requirements.filter(({ stage, spec }) => stage === 'image' && spec.action === 'allow').map(taskOf),
  applyTasks: (requirements) => requirements.filter(({ spec }) => spec.action === 'allow').map(taskOf),
  facts: () => [localRules, policyRules],
  judge,
};

function described({ direction, protocol, ports }: FirewallSpec): string {
  return `${direction === 'in' ? 'inbound' : 'outbound'} ${protocol.toUpperCase()} ${ports.join(', ')}`;
}

function wanted(spec: FirewallSpec): string {
  return `${described(spec)} ${spec.action === 'allow' ? 'allowed' : 'not blocked'}`;
}

function taskOf(requirement: Requirement<FirewallSpec>): AnsibleTask {
  const { spec } = requirement;
  return {
    name: `Open ${described(spec)} in the firewall`,
    comments: sourceLines(requirement),
    module: 'community.windows.win_firewall_rule',
    args: {
      name: spec.name,
      ...(spec.description !== null && { description: spec.description }),
      direction: spec.direction,
      action: 'allow',
      enabled: true,
      protocol: spec.protocol,
      [spec.direction === 'in' ? 'localport' : 'remoteport']: spec.ports.join(','),
      ...(spec.remoteIps.length > 0 && { remoteip: spec.remoteIps.join(',') }),
      ...(spec.program !== null && { program: spec.program }),
      profiles: spec.profiles,
      state: 'present',
    },
  };
}

/** Every rule in force; unknown where either list was not read, or Windows lists none at all. */
function rulesOf(facts: Facts): Answer<FirewallRule[]> {
  const rules: FirewallRule[] = [];
  let listed = 0;
  for (const query of [localRules, policyRules]) {
    const answer = facts.registryValues(query);
    if (!answer.known) return answer;
    const values = answer.value.exists ? answer.value.values : [];
    listed += values.length;
    rules.push(...values.flatMap(({ data }) => activeRule(data) ?? []));
  }
  // Every Windows has some hundred rules of its own.
  return listed === 0
    ? { known: false, cause: 'the registry lists no firewall rules' }
    : { known: true, value: rules };
}

function judge(spec: FirewallSpec, facts: Facts): Judgement {
  const expected = wanted(spec);
  const rules = rulesOf(facts);
  if (!rules.known) return { verdict: 'unknown', expected, cause: rules.cause };
  const { certain, doubtful } = blockingRules(spec, rules.value);
  if (certain.length > 0) {
    const names = certain.map(({ name }) => `"${name}"`).join(', ');
    const fix = `Disable or narrow what blocks it: ${names}.`;
    return { verdict: 'fail', expected, actual: `blocked by the rule ${names}`, fix };
  }
  const closed = spec.action === 'allow' ? [...closedPorts(spec, rules.value)] : [];
  if (closed.length > 0) {
    const actual = closed
      .map(([profile, ports]) => `${ports.join(', ')} not allowed (${profile})`)
      .join('; ');
    return { verdict: 'fail', expected, actual, fix: netshCommand(spec) };
  }
  const [doubt] = doubtful;
  if (doubt !== undefined) {
    const cause = `the rule "${doubt.name}" blocks it under conditions that cannot be weighed here`;
    return { verdict: 'unknown', expected, cause };
  }
  return { verdict: 'pass', expected, actual: expected };
}

function netshCommand(spec: FirewallSpec): string {
  const port = spec.direction === 'in' ? 'localport' : 'remoteport';
  return [
    `netsh advfirewall firewall add rule name="${spec.name}" dir=${spec.direction} action=allow`,
    `protocol=${spec.protocol} ${port}=${spec.ports.join(',')} profile=${spec.profiles.join(',')}`,
    ...(spec.remoteIps.length > 0 ? [`remoteip=${spec.remoteIps.join(',')}`] : []),
    ...(spec.program === null ? [] : [`program="${spec.program}"`]),
  ].join(' ');
}
