// community.windows.win_firewall_rule 1.13.0 (win_firewall_rule.ps1, read). The firewall's COM object is
// firewall-request.ts; here is what the module does with it. Not modelled: the diff that --diff shows.
import type { Machine, NewFirewallRule } from '../machine.js';
import type { FirewallRule } from '../state.js';
import type { ModuleCall } from './call.js';
import { readRequest, type FirewallRequest } from './firewall-request.js';
import type { JsonObject } from './json.js';
import { LegacyArguments } from './legacy.js';
import { exitJson, failJson, type ModuleReply } from './reply.js';

export function winFirewallRule(call: ModuleCall): ModuleReply {
  const args = new LegacyArguments(call, { supportsCheckMode: true });
  const request = readRequest(args, call.expand);
  const { name, group } = request.wanted;
  const existing = call.machine
    .firewallRules()
    .filter((rule) => (name === '' ? same(rule.group, group) : same(rule.name, name)));
  if (request.state === 'absent') return remove(call, request, existing);
  if (existing.length > 0) return change(call, request, existing);
  if (name === '') return exitJson({});
  if (!args.checkMode) done(call.machine.addFirewallRule(request.wanted), {});
  return exitJson({ changed: true, msg: `Firewall rule '${name}' created.` });
}

function remove(call: ModuleCall, { wanted }: FirewallRequest, existing: FirewallRule[]): ModuleReply {
  const [msg, names] = [
    wanted.name === ''
      ? `No firewall rules in group '${wanted.group}' exist.`
      : `Firewall rule '${wanted.name}' does not exist.`,
    existing.map((rule) => rule.name),
  ];
  if (names.length === 0) return exitJson({ msg });
  if (!call.checkMode) for (const name of names) call.machine.removeFirewallRule(name);
  return exitJson({ changed: true, msg: `Firewall rule(s) '${names.join("', '")}' removed.` });
}

function change(call: ModuleCall, request: FirewallRequest, existing: FirewallRule[]): ModuleReply {
  const result: JsonObject = { changed: false };
  const changed: string[] = [];
  const unchanged: string[] = [];
  for (const rule of existing) {
    // One property after the other, as the module does: what was set before one that is refused stays.
    const different = request.given.filter((key) => !isEqual(key, rule, request.wanted));
    for (const key of call.checkMode ? [] : different)
      done(changeProperty(call.machine, rule.id, key, request.wanted), result);
    if (different.length > 0) result['changed'] = true;
    (different.length > 0 ? changed : unchanged).push(rule.name);
  }
  result['msg'] =
    `Firewall rule(s) changed '${changed.join("', '")}' - unchanged '${unchanged.join("', '")}'`;
  return exitJson(result);
}

function changeProperty(
  machine: Machine,
  id: string,
  key: keyof NewFirewallRule,
  wanted: NewFirewallRule,
): ReturnType<Machine['changeFirewallRule']> {
  return machine.changeFirewallRule(id, { [key]: wanted[key] });
}

/** PowerShell's -ne knows no case; addresses and profiles have no order. */
function isEqual(key: keyof NewFirewallRule, left: NewFirewallRule, right: NewFirewallRule): boolean {
  const [before, after] = [left[key], right[key]];
  if (!Array.isArray(before) || !Array.isArray(after)) return same(String(before), String(after));
  const isOrdered = key === 'localPorts' || key === 'remotePorts';
  const textOf = (list: readonly string[]): string => (isOrdered ? [...list] : [...list].sort()).join(',');
  return same(textOf(before), textOf(after));
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function done(outcome: ReturnType<Machine['addFirewallRule']>, result: JsonObject): void {
  if (!outcome.ok) failJson(outcome.error.message, result);
}
