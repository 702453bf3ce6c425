// ansible.windows.win_user 1.14.0 (win_user.ps1, read) for local accounts. Not modelled: whatever would shut out the
// account that Ansible itself came with, and the diff that --diff shows.
import type { Machine, UserChange, UserView } from '../machine.js';
import { BasicModule, type BasicSpec } from './basic.js';
import { dotNetText } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { notModelled, type ModuleReply } from './reply.js';

const spec: BasicSpec = {
  options: {
    account_disabled: { type: 'bool' },
    account_locked: { type: 'bool' },
    description: { type: 'str' },
    fullname: { type: 'str' },
    groups: { type: 'list', elements: 'str' },
    groups_action: { type: 'str', choices: ['add', 'remove', 'replace'], default: 'replace' },
    home_directory: { type: 'str' },
    login_script: { type: 'str' },
    name: { type: 'str', required: true },
    password: { type: 'str', noLog: true },
    password_expired: { type: 'bool' },
    password_never_expires: { type: 'bool' },
    profile: { type: 'str' },
    state: { type: 'str', choices: ['present', 'absent', 'query'], default: 'present' },
    update_password: { type: 'str', choices: ['always', 'on_create'], default: 'always' },
    user_cannot_change_password: { type: 'bool' },
  },
  supportsCheckMode: true,
};

const flags = {
  account_disabled: 'disabled',
  password_expired: 'passwordExpired',
  password_never_expires: 'passwordNeverExpires',
  user_cannot_change_password: 'cannotChangePassword',
} as const;
/** `exact`: compared with regard to case. */
const texts = {
  fullname: { field: 'fullName', exact: true },
  description: { field: 'description', exact: true },
  home_directory: { field: 'homeDirectory', exact: false },
  login_script: { field: 'loginScript', exact: false },
  profile: { field: 'profile', exact: false },
} as const;

export function winUser(call: ModuleCall): ModuleReply {
  const module = new BasicModule(call, spec);
  const { machine } = call;
  const name = module.text('name');
  if (module.bool('account_locked')) module.fail("account_locked must be set to 'no' if provided");
  const state = module.text('state').toLowerCase();
  if (state === 'present') setPresent(machine, module, name);
  else if (state === 'absent') setAbsent(machine, module, name);
  else query(machine, module, name);
  module.result['name'] = name;
  const user = machine.user(name);
  if (user !== undefined) Object.assign(module.result, shown(machine, user));
  return module.exit();
}

function setPresent(machine: Machine, module: BasicModule, name: string): void {
  const isNew = machine.user(name) === undefined;
  const password = module.str('password');
  if (isNew) {
    module.result['changed'] = true;
    if (!module.checkMode) change(machine, 'SetInfo', name, password === null ? {} : { password });
  }
  const user = machine.user(name);
  if (user !== undefined) {
    if (password !== null) setPassword(machine, module, user, password);
    setFields(machine, module, user);
    setGroups(machine, module, user);
  }
  module.result['state'] = 'present';
}

function setPassword(machine: Machine, module: BasicModule, user: UserView, password: string): void {
  if (module.text('update_password').toLowerCase() !== 'always') return;
  if (user.rid === 500) module.fail(notModelled('another password for the built-in administrator'));
  const isKnown = !user.disabled && !user.passwordExpired;
  if (isKnown && machine.isPasswordOf(user.name, password) === true) return;
  module.result['changed'] = true;
  if (!module.checkMode) change(machine, 'SetPassword', user.name, { password });
}

function setFields(machine: Machine, module: BasicModule, user: UserView): void {
  const wanted: UserChange = {};
  for (const [option, field] of Object.entries(flags)) {
    if (module.raw(option) !== null && module.bool(option) !== user[field])
      wanted[field] = module.bool(option);
  }
  for (const [option, { field, exact }] of Object.entries(texts)) {
    const text = module.str(option);
    const fold = (value: string): string => (exact ? value : value.toLowerCase());
    if (text !== null && fold(text) !== fold(user[field])) wanted[field] = text;
  }
  if (Object.keys(wanted).length === 0) return;
  if (user.rid === 500 && (wanted.disabled === true || wanted.passwordExpired === true)) {
    module.fail(notModelled('the built-in administrator without a logon'));
  }
  module.result['changed'] = true;
  if (!module.checkMode) change(machine, 'SetInfo', user.name, wanted);
}

function setGroups(machine: Machine, module: BasicModule, user: UserView): void {
  const given = module.list('groups');
  if (given === null) return;
  const wanted = given
    .map(dotNetText)
    .filter((group) => group.trim() !== '')
    .map((group) => groupSid(machine, group) ?? module.fail(`group '${group}' not found`));
  const action = module.text('groups_action').toLowerCase();
  const kept = action === 'replace' ? [] : user.groups;
  const groups =
    action === 'remove'
      ? user.groups.filter((sid) => !wanted.includes(sid))
      : [...new Set([...kept, ...wanted])];
  const isSame = groups.length === user.groups.length && groups.every((sid) => user.groups.includes(sid));
  if (isSame) return;
  if (user.rid === 500) module.fail(notModelled('other groups of the built-in administrator'));
  module.result['changed'] = true;
  if (!module.checkMode) change(machine, 'Add', user.name, { groups });
}

/** By SID, by name, or by `BUILTIN\name`. */
function groupSid(machine: Machine, text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  const computer = machine.facts().computerName.toLowerCase();
  return machine
    .localGroups()
    .find(({ name, sid }) =>
      [sid, name, `builtin\\${name}`, `.\\${name}`, `${computer}\\${name}`].some(
        (known) => known.toLowerCase() === wanted,
      ),
    )?.sid;
}

/** An error of ADSI is an exception that the module does not catch. */
function change(machine: Machine, method: string, name: string, wanted: UserChange): void {
  const outcome = machine.changeUser(name, wanted);
  if (outcome.ok) return;
  const count = method === 'SetInfo' ? 0 : 1;
  throw new Error(`Exception calling "${method}" with "${count}" argument(s): "${outcome.error.message}"`);
}

function setAbsent(machine: Machine, module: BasicModule, name: string): void {
  const user = machine.user(name);
  module.result['state'] = 'absent';
  module.result['msg'] =
    user === undefined ? `User '${name}' was not found` : `User '${user.name}' deleted successfully`;
  if (user === undefined) return;
  module.result['changed'] = true;
  if (module.checkMode) return;
  const outcome = machine.deleteUser(name);
  if (!outcome.ok)
    throw new Error(`Exception calling "Delete" with "2" argument(s): "${outcome.error.message}"`);
}

function query(machine: Machine, module: BasicModule, name: string): void {
  module.result['msg'] = `Querying user '${name}'`;
  module.result['state'] = machine.user(name) === undefined ? 'absent' : 'present';
}

function shown(machine: Machine, user: UserView): Record<string, unknown> {
  const facts = machine.facts();
  const path = (name: string): string =>
    `WinNT://${facts.workgroup ?? facts.domain ?? ''}/${facts.computerName}/${name}`;
  const groups = machine.localGroups().filter(({ sid }) => user.groups.includes(sid));
  return {
    fullname: user.fullName,
    path: path(user.name),
    description: user.description,
    password_expired: user.passwordExpired,
    password_never_expires: user.passwordNeverExpires,
    user_cannot_change_password: user.cannotChangePassword,
    account_disabled: user.disabled,
    account_locked: false,
    sid: facts.user.sid.replace(/-\d+$/, `-${user.rid}`),
    groups: groups.map(({ name }) => ({ name, path: path(name) })),
  };
}
