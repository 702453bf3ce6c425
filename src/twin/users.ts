// Local accounts: the two that Windows makes, and what was made or changed on this machine. A password is kept nowhere:
// while the twin runs it knows a digest of one that was set through it, so that a second run of a play finds it the same.
import { createHmac, randomBytes } from 'node:crypto';
import type { Guest } from './guest.js';
import type { GuestError, LocalGroup, UserChange, UserOutcome } from './outcomes.js';
import { policyNumber } from './security-policy.js';
import type { LocalUser, MachineState } from './state.js';

const administrators = 'S-1-5-32-544';
const guests = 'S-1-5-32-546';

/** Built-in groups and their SIDs: Microsoft's list of well-known SIDs (high). Groups of one's own are not modelled. */
export const localGroups: readonly LocalGroup[] = [
  { name: 'Access Control Assistance Operators', sid: 'S-1-5-32-579' },
  { name: 'Administrators', sid: administrators },
  { name: 'Backup Operators', sid: 'S-1-5-32-551' },
  { name: 'Certificate Service DCOM Access', sid: 'S-1-5-32-574' },
  { name: 'Cryptographic Operators', sid: 'S-1-5-32-569' },
  { name: 'Distributed COM Users', sid: 'S-1-5-32-562' },
  { name: 'Event Log Readers', sid: 'S-1-5-32-573' },
  { name: 'Guests', sid: guests },
  { name: 'IIS_IUSRS', sid: 'S-1-5-32-568' },
  { name: 'Network Configuration Operators', sid: 'S-1-5-32-556' },
  { name: 'Performance Log Users', sid: 'S-1-5-32-559' },
  { name: 'Performance Monitor Users', sid: 'S-1-5-32-558' },
  { name: 'Power Users', sid: 'S-1-5-32-547' },
  { name: 'Print Operators', sid: 'S-1-5-32-550' },
  { name: 'Remote Desktop Users', sid: 'S-1-5-32-555' },
  { name: 'Remote Management Users', sid: 'S-1-5-32-580' },
  { name: 'Replicator', sid: 'S-1-5-32-552' },
  { name: 'Users', sid: 'S-1-5-32-545' },
];

const plain = {
  fullName: '',
  description: '',
  homeDirectory: '',
  loginScript: '',
  profile: '',
  hasPassword: false,
  passwordExpired: false,
  passwordNeverExpires: false,
  cannotChangePassword: false,
  disabled: false,
  groups: [],
} as const;

const builtIn: readonly LocalUser[] = [
  {
    ...plain,
    name: 'Administrator',
    rid: 500,
    description: 'Built-in account for administering the computer/domain',
    hasPassword: true,
    groups: [administrators],
  },
  {
    ...plain,
    name: 'Guest',
    rid: 501,
    description: 'Built-in account for guest access to the computer/domain',
    passwordNeverExpires: true,
    cannotChangePassword: true,
    disabled: true,
    groups: [guests],
  },
];

const salt = randomBytes(32);
const digests = new WeakMap<MachineState, Map<string, string>>();

export function findUser(guest: Guest, name: string): LocalUser | undefined {
  const wanted = name.toLowerCase();
  const { users } = guest.state;
  // A name may be one of every object's, as `constructor`.
  if (Object.hasOwn(users, wanted)) return users[wanted];
  return builtIn.find((user) => user.name.toLowerCase() === wanted);
}

/** Makes the account when there is none. */
export function changeUser(guest: Guest, name: string, { password, ...change }: UserChange): UserOutcome {
  const before = findUser(guest, name) ?? newUser(guest, name);
  if ('error' in before) return { ok: false, error: before.error };
  // A fresh server asks for complexity, so an account without a password is refused too.
  const isNew = findUser(guest, name) === undefined;
  if ((password !== undefined || isNew) && !isGoodPassword(guest, before.name, password ?? ''))
    return { ok: false, error: weakPassword() };
  const after: LocalUser = {
    ...before,
    ...change,
    ...(password === undefined ? {} : { hasPassword: password !== '', passwordExpired: false }),
  };
  guest.state.users[name.toLowerCase()] = after;
  if (password !== undefined) remember(guest, name, password);
  return { ok: true, user: after };
}

export function deleteUser(guest: Guest, name: string): UserOutcome {
  const user = findUser(guest, name);
  if (user === undefined)
    return { ok: false, error: userError('0x800708AD', 'The user name could not be found.') };
  if (user.rid < 1000)
    return {
      ok: false,
      error: userError('0x8007055B', 'Cannot perform this operation on built-in accounts.'),
    };
  const gone = name.toLowerCase();
  digests.get(guest.state)?.delete(gone);
  guest.state.users = Object.fromEntries(Object.entries(guest.state.users).filter(([key]) => key !== gone));
  return { ok: true, user };
}

/** Null: not known, because it was set before this start of the twin. */
export function isPasswordOf(guest: Guest, name: string, password: string): boolean | null {
  const known = digests.get(guest.state)?.get(name.toLowerCase());
  return known === undefined ? null : known === digest(password);
}

function newUser(guest: Guest, name: string): LocalUser | { error: GuestError } {
  // eslint-disable-next-line no-control-regex -- what Windows refuses in a name
  if (name.length > 20 || /["/\\[\]:;|=,+*?<>@\u0000-\u001f]|^[. ]*$/.test(name))
    return { error: userError('0x8007089A', 'The specified username is invalid.') };
  const last = Math.max(1000, ...Object.values(guest.state.users).map(({ rid }) => rid));
  return { ...plain, groups: [], name, rid: last + 1 };
}

/** PasswordComplexity: three of four kinds of characters, and not the account's name in it. */
function isGoodPassword(guest: Guest, name: string, password: string): boolean {
  if (password.length < policyNumber(guest, 'MinimumPasswordLength')) return false;
  if (policyNumber(guest, 'PasswordComplexity') === 0) return true;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(password));
  const holdsName = name.length > 2 && password.toLowerCase().includes(name.toLowerCase());
  return kinds.length >= 3 && !holdsName;
}

function remember(guest: Guest, name: string, password: string): void {
  const known = digests.get(guest.state) ?? new Map<string, string>();
  digests.set(guest.state, known.set(name.toLowerCase(), digest(password)));
}

function digest(password: string): string {
  return createHmac('sha256', salt).update(password, 'utf8').digest('hex');
}

function weakPassword(): GuestError {
  return userError(
    '0x800708C5',
    'The password does not meet the password policy requirements. ' +
      'Check the minimum password length, password complexity and password history requirements.',
  );
}

function userError(hresult: string, message: string): GuestError {
  return { id: 'LocalUser', hresult, message };
}
