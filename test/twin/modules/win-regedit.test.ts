import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule, type Answer } from './call-module.js';

const path = 'HKLM:\\SOFTWARE\\Lyncimg';

describe('win_regedit', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const regedit = (args: JsonObject, check = false): Promise<Answer> =>
    callModule(machine, 'ansible.windows.win_regedit', { path, ...args }, { check });

  it('makes key and value, once', async () => {
    const args = { name: 'Number', data: 1, type: 'dword' };

    const { result: first } = await regedit(args);
    const { result: second } = await regedit(args);

    expect(first).to.include({ changed: true, data_changed: false, data_type_changed: false });
    expect(second).to.include({ changed: false, data_changed: false, data_type_changed: false });
    expect(machine.registryValue(path, 'number')).to.deep.include({ type: 'dword', data: '1' });
    expect(first['invocation']).to.deep.include({
      module_args: {
        path,
        name: 'Number',
        data: 1,
        type: 'dword',
        state: 'present',
        delete_key: true,
        hive: null,
      },
    });
  });

  it('tells a change of data from one of type', async () => {
    await regedit({ name: 'V', data: '1' });

    const { result: otherType } = await regedit({ name: 'V', data: 1, type: 'dword' });
    const { result: otherData } = await regedit({ name: 'V', data: 2, type: 'dword' });

    expect(otherType).to.include({ changed: true, data_type_changed: true, data_changed: false });
    expect(otherData).to.include({ changed: true, data_type_changed: false, data_changed: true });
  });

  it('makes a key alone when there is no name and no data', async () => {
    expect((await regedit({})).result).to.include({ changed: true });
    expect((await regedit({})).result).to.include({ changed: false });
    expect(machine.registryValues(path)).to.deep.equal([]);
  });

  it('changes nothing in check mode', async () => {
    const { result } = await regedit({ name: 'V', data: 'x' }, true);

    expect(result).to.include({ changed: true });
    expect(machine.registryKeyExists(path)).to.equal(false);
  });

  it('takes away a value, and by default the key when no value is named', async () => {
    await regedit({ name: 'V', data: 'x' });

    expect((await regedit({ name: 'V', state: 'absent' }, true)).result).to.include({ changed: true });
    expect((await regedit({ name: 'V', state: 'absent' })).result).to.include({ changed: true });
    expect((await regedit({ name: 'V', state: 'absent' })).result).to.include({ changed: false });
    expect((await regedit({ state: 'absent', delete_key: false })).result).to.include({ changed: false });
    expect((await regedit({ state: 'absent' })).result).to.include({ changed: true });
    expect((await regedit({ state: 'absent' })).result).to.include({ changed: false });
  });

  it('warns when the default value is not a text', async () => {
    const { result } = await regedit({ data: 5, type: 'dword' });

    expect(result['warnings']).to.have.length(1);
    expect(machine.registryValue(path, '')).to.deep.include({ type: 'string', data: '5' });
  });

  for (const [what, args, message] of [
    ['a path without a drive', { path: 'HKEY_LOCAL_MACHINE\\X' }, 'is not a valid powershell path'],
    ['a hive file', { hive: 'C:\\x.dat', name: 'a' }, 'the twin does not model loading a registry hive'],
    ['the type none', { type: 'none', name: 'a' }, 'the twin does not model registry values of type none'],
    ['data that is no number', { type: 'dword', name: 'a', data: 'x' }, 'Cannot convert value "x"'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { result, exitCode } = await regedit(args);

      expect(result['msg']).to.contain(message);
      expect(exitCode).to.equal(1);
    });
  }
});
