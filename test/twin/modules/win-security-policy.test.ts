import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';

describe('win_security_policy', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const policy = (args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, 'community.windows.win_security_policy', args, { check });

  it('sets a value once', async () => {
    const args = { section: 'System Access', key: 'MinimumPasswordAge', value: 1 };
    const { result: first } = await policy(args);
    const { result: again } = await policy({ ...args, value: '1' });

    expect(first).to.include({
      changed: true,
      section: 'System Access',
      key: 'MinimumPasswordAge',
      value: 1,
    });
    expect(again).to.include({ changed: false });
    expect(machine.securityPolicy()['System Access']?.['MinimumPasswordAge']).to.equal('1');
    expect((await policy({ ...args, key: 'minimumpasswordage', value: 0 })).result).to.include({
      changed: true,
    });
  });

  it('changes nothing in check mode', async () => {
    const args = { section: 'Event Audit', key: 'AuditLogonEvents', value: 3 };

    expect((await policy(args, true)).result).to.include({ changed: true });
    expect(machine.state.securityPolicy).to.deep.equal({});
  });

  it('knows the lockout’s times only where accounts are locked', async () => {
    const args = { section: 'System Access', key: 'LockoutDuration', value: 15 };

    expect((await policy(args)).result['msg']).to.contain('is not a valid key, cannot set this value');
    await policy({ section: 'System Access', key: 'LockoutBadCount', value: 5 });
    expect((await policy(args)).result).to.include({ changed: true });
  });

  for (const [what, args, message] of [
    ['no key', { section: 'System Access', value: 1 }, 'Get-AnsibleParam: Missing required argument: key'],
    [
      'an unknown section',
      { section: 'Nothing', key: 'A', value: 1 },
      "The section 'Nothing' does not exist in SecEdit.exe output ini",
    ],
    [
      'an unknown key',
      { section: 'System Access', key: 'Nope', value: 1 },
      "The key 'Nope' in section 'System Access' is not a valid key",
    ],
    [
      'a value that secedit passes over',
      { section: 'System Access', key: 'PasswordComplexity', value: 7 },
      'the value is still 1',
    ],
    [
      'another name for the administrator',
      { section: 'System Access', key: 'NewAdministratorName', value: 'root' },
      'the value is still Administrator',
    ],
    [
      'user rights',
      { section: 'Privilege Rights', key: 'SeServiceLogonRight', value: 'x' },
      'the twin does not model the section Privilege Rights',
    ],
  ] as const) {
    it(`fails for ${what}`, async () => {
      const { result } = await policy(args);

      expect(result).to.include({ failed: true });
      expect(result['msg']).to.contain(message);
    });
  }
});
