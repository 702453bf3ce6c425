import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { parseState } from '../../../src/twin/state-file.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';

const password = 'Correct-Horse-7';

describe('win_user', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const user = (args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, 'ansible.windows.win_user', args, { check });

  it('makes an account with the name of what every object has', async () => {
    const { result } = await user({ name: 'constructor', password });
    expect(result).to.deep.include({ changed: true, state: 'present', name: 'constructor' });
  });

  it('makes an account once, with what it is given', async () => {
    const args = {
      name: 'svc-lync',
      password,
      fullname: 'Lync service',
      description: 'runs things',
      groups: ['Administrators', 'S-1-5-32-555'],
      password_never_expires: true,
      user_cannot_change_password: true,
    };
    const { result: first } = await user(args);
    const { result: again } = await user(args);

    expect(first).to.deep.include({
      changed: true,
      state: 'present',
      fullname: 'Lync service',
      password_never_expires: true,
      account_disabled: false,
      path: 'WinNT://WORKGROUP/LYNCIMG-TWIN/svc-lync',
      groups: [
        { name: 'Administrators', path: 'WinNT://WORKGROUP/LYNCIMG-TWIN/Administrators' },
        { name: 'Remote Desktop Users', path: 'WinNT://WORKGROUP/LYNCIMG-TWIN/Remote Desktop Users' },
      ],
    });
    expect(first['sid']).to.match(/^S-1-5-21-.*-1001$/);
    expect(again).to.include({ changed: false });
  });

  it('keeps no password, only that there is one', async () => {
    const { result } = await user({ name: 'svc-lync', password });

    const written = JSON.stringify(machine.state);
    expect(written).to.not.contain(password);
    expect(JSON.stringify(result)).to.not.contain(password);
    expect(machine.state.users['svc-lync']).to.include({ hasPassword: true });
    machine.switchOff();
    expect(parseState(JSON.stringify(machine.state), 'state.json').users).to.have.keys('svc-lync');
  });

  it('sets another password, and one that it cannot know, again', async () => {
    await user({ name: 'svc-lync', password });

    expect((await user({ name: 'svc-lync', password: `${password}!` })).result).to.include({ changed: true });
    expect((await user({ name: 'svc-lync', password, update_password: 'on_create' })).result).to.include({
      changed: false,
    });
    const later = await modelledMachine({
      change: (state) => Object.assign(state.users, machine.state.users),
    });
    machine = later;
    expect((await user({ name: 'svc-lync', password })).result).to.include({ changed: true });
  });

  it('adds, removes and replaces groups', async () => {
    const groups = async (args: JsonObject): Promise<unknown> => {
      await user({ name: 'a', password, ...args });
      return machine.user('a')?.groups;
    };

    expect(await groups({ groups: 'Users' })).to.deep.equal(['S-1-5-32-545']);
    expect(await groups({ groups: ['BUILTIN\\Guests'], groups_action: 'add' })).to.deep.equal([
      'S-1-5-32-545',
      'S-1-5-32-546',
    ]);
    expect(await groups({ groups: ['users'], groups_action: 'remove' })).to.deep.equal(['S-1-5-32-546']);
    expect(await groups({ groups: [] })).to.deep.equal([]);
  });

  it('disables, removes and looks at an account', async () => {
    await user({ name: 'a', password });
    expect((await user({ name: 'A', account_disabled: true })).result).to.include({
      changed: true,
      account_disabled: true,
    });
    expect((await user({ name: 'a', state: 'query' })).result).to.include({
      changed: false,
      state: 'present',
    });
    expect((await user({ name: 'a', state: 'absent' })).result).to.include({
      changed: true,
      msg: "User 'a' deleted successfully",
    });
    expect((await user({ name: 'a', state: 'absent' })).result).to.include({ changed: false });
    expect((await user({ name: 'Guest', state: 'query' })).result).to.include({ account_disabled: true });
  });

  it('changes nothing in check mode', async () => {
    expect((await user({ name: 'a', password, groups: 'Users' }, true)).result).to.include({ changed: true });
    expect(machine.state.users).to.deep.equal({});
  });

  for (const [what, args, message] of [
    [
      'a weak password',
      { name: 'a', password: 'short' },
      'Exception calling "SetInfo" with "0" argument(s): "The password does not meet',
    ],
    ['no password', { name: 'a' }, 'The password does not meet the password policy requirements.'],
    ['a name that Windows refuses', { name: 'a/b', password }, 'The specified username is invalid.'],
    ['a group that there is not', { name: 'a', password, groups: 'Nobodies' }, "group 'Nobodies' not found"],
    [
      'a locked account',
      { name: 'a', account_locked: true },
      "account_locked must be set to 'no' if provided",
    ],
    [
      'the removal of the administrator',
      { name: 'Administrator', state: 'absent' },
      'Cannot perform this operation on built-in accounts.',
    ],
    [
      'another password for the administrator',
      { name: 'Administrator', password },
      'the twin does not model another password',
    ],
    [
      'a disabled administrator',
      { name: 'Administrator', account_disabled: true },
      'the twin does not model the built-in administrator without a logon',
    ],
  ] as const) {
    it(`fails for ${what}`, async () => {
      const { result } = await user(args);

      expect(result).to.include({ failed: true });
      expect(result['msg']).to.contain(message);
    });
  }

  it('takes a simple password where the policy does', async () => {
    machine.setSecurityPolicy('System Access', 'PasswordComplexity', '0');

    expect((await user({ name: 'a', password: 'short' })).result).to.include({ changed: true });
  });
});
