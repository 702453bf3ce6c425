// Windows Firewall's rules as its COM interface changes them (HNetCfg.FwPolicy2, Microsoft's pages). What is refused:
// ports without TCP or UDP (E_INVALIDARG: ansible/ansible #41152, #31576;
// high), and a bar in a text (Microsoft's page of INetFwRule; high).
import { createHash } from 'node:crypto';
import type { Guest } from './guest.js';
import type { FirewallOutcome, NewFirewallRule } from './outcomes.js';
import type { FirewallRule } from './state.js';

/** The bar divides the fields of a rule in the registry. */
// eslint-disable-next-line no-control-regex
const plainText = /^[^|\u0000-\u001f]{0,1024}$/;

/** Several rules may have one name. */
export function addRule(guest: Guest, rule: NewFirewallRule): FirewallOutcome {
  if (!isValid(rule)) return invalid();
  guest.state.firewallRules.push({ id: freshId(guest, rule.name), ...rule });
  return { ok: true };
}

export function changeRule(guest: Guest, id: string, change: Partial<NewFirewallRule>): FirewallOutcome {
  const rules = guest.state.firewallRules;
  const index = rules.findIndex((rule) => rule.id === id);
  const before = rules[index];
  if (before === undefined) return invalid();
  const after: FirewallRule = { ...before, ...change };
  if (!isValid(after)) return invalid();
  rules[index] = after;
  return { ok: true };
}

/** Of several rules of one name, one. */
export function removeRule(guest: Guest, name: string): void {
  const index = guest.state.firewallRules.findIndex((rule) => isNamed(rule, name));
  if (index >= 0) guest.state.firewallRules.splice(index, 1);
}

export function isNamed(rule: FirewallRule, name: string): boolean {
  return rule.name.toLowerCase() === name.toLowerCase();
}

function isValid(rule: NewFirewallRule): boolean {
  const texts = [rule.name, rule.description, rule.group, rule.program, rule.service];
  return portsFit(rule) && texts.every((text) => plainText.test(text));
}

function portsFit({ protocol, localPorts, remotePorts }: NewFirewallRule): boolean {
  return protocol === 6 || protocol === 17 || (localPorts.length === 0 && remotePorts.length === 0);
}

/** Windows makes a new GUID; the twin makes it of the name, so that the same bake leaves the same state. */
function freshId(guest: Guest, name: string): string {
  const taken = new Set(guest.state.firewallRules.map(({ id }) => id));
  for (let round = 0; ; round++) {
    const hex = createHash('sha256').update(`${name}\0${round}`).digest('hex').toUpperCase();
    const parts = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20, 32),
    ];
    const id = `{${parts.join('-')}}`;
    if (!taken.has(id)) return id;
  }
}

function invalid(): FirewallOutcome {
  return {
    ok: false,
    error: {
      id: 'ArgumentException',
      hresult: '0x80070057',
      message: 'Value does not fall within the expected range.',
    },
  };
}
