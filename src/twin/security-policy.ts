// The local security policy as `secedit /export` shows it, of a fresh server in a workgroup (general knowledge, medium).
// Two sections are kept; user rights and registry values are not modelled as a policy.
import type { Guest } from './guest.js';

interface PolicyKey {
  value: string;
  /** What secedit takes; anything else it passes over in silence. Null: the model does not change it. */
  range: readonly [least: number, most: number] | null;
  /** Shown and taken only while accounts are locked at all. */
  needsLockout?: true;
}

const number = (value: number, least: number, most: number): PolicyKey => ({
  value: String(value),
  range: [least, most],
});
const audit = number(0, 0, 3);

const sections: Readonly<Record<string, Readonly<Record<string, PolicyKey>>>> = {
  'System Access': {
    MinimumPasswordAge: number(0, 0, 998),
    MaximumPasswordAge: number(42, -1, 999),
    MinimumPasswordLength: number(0, 0, 14),
    PasswordComplexity: number(1, 0, 1),
    PasswordHistorySize: number(0, 0, 24),
    LockoutBadCount: number(0, 0, 999),
    ResetLockoutCount: { ...number(30, 1, 99_999), needsLockout: true },
    LockoutDuration: { ...number(30, -1, 99_999), needsLockout: true },
    RequireLogonToChangePassword: number(0, 0, 1),
    ForceLogoffWhenHourExpire: number(0, 0, 1),
    NewAdministratorName: { value: 'Administrator', range: null },
    NewGuestName: { value: 'Guest', range: null },
    ClearTextPassword: number(0, 0, 1),
    LSAAnonymousNameLookup: number(0, 0, 1),
    EnableAdminAccount: { value: '1', range: null },
    EnableGuestAccount: { value: '0', range: null },
  },
  'Event Audit': {
    AuditSystemEvents: audit,
    AuditLogonEvents: audit,
    AuditObjectAccess: audit,
    AuditPrivilegeUse: audit,
    AuditPolicyChange: audit,
    AuditAccountManage: audit,
    AuditProcessTracking: audit,
    AuditDSAccess: audit,
    AuditAccountLogon: audit,
  },
};

export function securityPolicy(guest: Guest): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(sections).map(([section, keys]) => [
      section,
      Object.fromEntries(
        Object.entries(keys)
          .filter(([, key]) => isInForce(guest, key))
          .map(([name, key]) => [name, stored(guest, section, name) ?? key.value]),
      ),
    ]),
  );
}

export function policyNumber(guest: Guest, key: string): number {
  return Number(securityPolicy(guest)['System Access']?.[key] ?? 0);
}

/** What secedit does not take it leaves as it was, without a word. */
export function setSecurityPolicy(guest: Guest, section: string, name: string, value: string): void {
  const [spelledSection, keys] = entryOf(sections, section) ?? [];
  const [spelled, key] = entryOf(keys ?? {}, name) ?? [];
  if (spelledSection === undefined || spelled === undefined || key === undefined || key.range === null)
    return;
  if (!isInForce(guest, key) || !/^-?\d{1,6}$/.test(value)) return;
  const [least, most] = key.range;
  if (Number(value) < least || Number(value) > most) return;
  guest.state.securityPolicy[policyKey(spelledSection, spelled)] = value;
}

function isInForce(guest: Guest, { needsLockout }: PolicyKey): boolean {
  return needsLockout !== true || (stored(guest, 'System Access', 'LockoutBadCount') ?? '0') !== '0';
}

function stored(guest: Guest, section: string, name: string): string | undefined {
  return guest.state.securityPolicy[policyKey(section, name)];
}

function policyKey(section: string, name: string): string {
  return `${section}\\${name}`.toLowerCase();
}

function entryOf<T>(table: Readonly<Record<string, T>>, name: string): [string, T] | undefined {
  return Object.entries(table).find(([each]) => each.toLowerCase() === name.toLowerCase());
}
