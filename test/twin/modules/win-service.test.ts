import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';

describe('win_service', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
    machine.changeService('W32Time', { startMode: 'manual', state: 'stopped' }, false);
  });
  const service = (args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, 'ansible.windows.win_service', { name: 'W32Time', ...args }, { check });

  it('sets start mode and state, once', async () => {
    const { result: first } = await service({ start_mode: 'delayed', state: 'started' });
    const { result: second } = await service({ start_mode: 'delayed', state: 'started' });

    expect(first).to.include({ changed: true, exists: true, start_mode: 'delayed', state: 'running' });
    expect(second).to.include({ changed: false, start_mode: 'delayed', state: 'running' });
    expect(machine.service('w32time')).to.include({ startMode: 'delayed', state: 'running' });
  });

  it('says in check mode what would be', async () => {
    const { result } = await service({ start_mode: 'auto', state: 'started' }, true);

    expect(result).to.include({ changed: true, start_mode: 'auto', state: 'running' });
    expect(machine.service('W32Time')).to.include({ startMode: 'manual', state: 'stopped' });
  });

  it('finds a service by its display name', async () => {
    const name = machine.service('W32Time')?.displayName ?? '';

    const { result } = await service({ name });

    expect(result).to.include({ changed: false, exists: true, name: 'W32Time' });
  });

  it('restarts each time it is asked', async () => {
    expect((await service({ state: 'restarted' })).result).to.include({ changed: true, state: 'running' });
    expect((await service({ state: 'restarted' })).result).to.include({ changed: true, state: 'running' });
  });

  it('only looks when nothing is asked', async () => {
    expect((await service({ name: 'Nobody' })).result).to.include({ changed: false, exists: false });
    expect((await service({ name: 'Nobody', state: 'absent' })).result).to.include({ exists: false });
  });

  for (const [what, args, message] of [
    [
      'an unknown service',
      { name: 'Nobody', state: 'started' },
      "Service 'Nobody' is not installed, need to set 'path'",
    ],
    ['a new service', { name: 'Nobody', path: 'C:\\x.exe' }, 'does not model the creation of a service'],
    ['a description', { description: 'x' }, 'does not model description of a service'],
    ['another account', { username: 'me' }, 'does not model a change of username of a service'],
    [
      'an account’s password',
      { password: 'x', username: 'LocalSystem' },
      'does not model password of a service',
    ],
    ['removal', { state: 'absent' }, 'does not model the removal of a service'],
    ['pausing', { state: 'paused' }, 'does not model a paused service'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { result, exitCode } = await service(args);

      expect(result['msg']).to.contain(message);
      expect(exitCode).to.equal(1);
    });
  }

  it('fails to start what is disabled', async () => {
    const { result } = await service({ start_mode: 'disabled', state: 'started' });

    expect(result['msg']).to.match(/^Unhandled exception while executing module: .*cannot be started/i);
  });
});
