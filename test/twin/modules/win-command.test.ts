import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { commandTimes } from '../../../src/twin/modules/command-times.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('win_command and win_shell', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const command = 'ansible.windows.win_command';
  const shell = 'ansible.windows.win_shell';

  it('run what the twin knows', async () => {
    const { result } = await callModule(machine, command, { _raw_params: ' hostname.exe ' });
    const { result: shown } = await callModule(machine, shell, { _raw_params: 'hostname' });
    const { result: version } = await callModule(machine, shell, { _raw_params: 'ver', executable: 'cmd' });

    expect(result).to.include({
      changed: true,
      rc: 0,
      stdout: 'LYNCIMG-TWIN\r\n',
      stderr: '',
      cmd: 'hostname.exe',
    });
    expect(result['start']).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    expect(shown)
      .to.include({ changed: true, rc: 0, stdout: 'LYNCIMG-TWIN\r\n' })
      .and.not.have.property('invocation');
    expect(version['stdout']).to.contain('6.3.9600');
  });

  it('quote the words of a list', async () => {
    const argv = ['schtasks.exe', '/create', '/tn', '\\a b', '/tr', 'say "x"', '/sc', 'once', '/st', '00:00'];

    await callModule(machine, command, { argv });

    expect(machine.task('\\a b')).to.deep.equal({ name: '\\a b', run: 'say "x"', trigger: 'demand' });
  });

  it('fail with the program’s code', async () => {
    for (const name of [command, shell]) {
      const { result, exitCode } = await callModule(machine, name, { _raw_params: 'shutdown /a' });

      expect(result).to.include({ failed: true, rc: 1116, msg: 'non-zero return code' });
      expect(result['stderr']).to.contain('(1116)');
      expect(exitCode).to.equal(1);
    }
  });

  it('name the command that is not modelled', async () => {
    const { result } = await callModule(machine, command, { _raw_params: 'format C:' });
    const { result: piped } = await callModule(machine, shell, { _raw_params: 'hostname | more' });

    expect(result).to.include({
      failed: true,
      changed: false,
      msg: 'the twin does not model the command format C:',
    });
    expect(piped).to.include({ failed: true, msg: 'the twin does not model the command hostname | more' });
  });

  it('are skipped by what exists', async () => {
    for (const name of [command, shell]) {
      const { result } = await callModule(machine, name, { _raw_params: 'hostname', creates: 'C:\\Windows' });
      const { result: removed } = await callModule(machine, name, {
        _raw_params: 'hostname',
        removes: 'C:\\none',
      });

      expect(result).to.include({ skipped: true, changed: false, msg: 'skipped, since C:\\Windows exists' });
      expect(removed).to.include({ skipped: true, msg: 'skipped, since C:\\none does not exist' });
    }
  });

  it('do nothing in check mode', async () => {
    const { result } = await callModule(machine, command, { _raw_params: 'shutdown /s' }, { check: true });
    const { result: shown } = await callModule(
      machine,
      shell,
      { _raw_params: 'shutdown /s' },
      { check: true },
    );

    expect(result).to.include({ skipped: true, changed: false });
    expect(shown).to.include({ skipped: true, changed: false });
  });

  it('want exactly one form of a command', async () => {
    expect((await callModule(machine, command, {})).result['msg']).to.equal(
      'one of the following is required: _raw_params, argv, cmd',
    );
    expect((await callModule(machine, command, { cmd: 'a', argv: ['b'] })).result['msg']).to.contain(
      'mutually exclusive',
    );
    expect((await callModule(machine, shell, {})).result['msg']).to.contain(
      'Missing required argument: _raw_params',
    );
  });

  it('count time as .NET does', () => {
    const start = new Date('2026-11-23T10:00:00.000Z');

    expect(commandTimes(start, new Date('2026-11-23T11:01:02.345Z'))).to.deep.equal({
      start: '2026-11-23 10:00:00.000000',
      end: '2026-11-23 11:01:02.345000',
      delta: '1:01:02.345000',
    });
  });
});
