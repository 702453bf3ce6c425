import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../../src/twin/machine-model.js';
import { runProgram } from '../../../../src/twin/shell/programs/index.js';
import { modelledMachine } from '../../../helpers/modelled-machine.js';

describe('programs of the machine', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });

  it('say the version and the name', async () => {
    expect((await runProgram(machine, 'cmd /c ver', false))?.stdout).to.equal(
      '\r\nMicrosoft Windows [Version 6.3.9600]\r\n',
    );
    expect((await runProgram(machine, 'ver', true))?.exitCode).to.equal(0);
    expect((await runProgram(machine, 'cmd.exe /C "hostname"', false))?.stdout).to.equal('LYNCIMG-TWIN\r\n');
  });

  it('are only those that are known, in the forms that are known', async () => {
    for (const line of [
      '',
      'format C:',
      'ver',
      'constructor',
      'hostname /x',
      'cmd /k ver',
      'cmd /c',
      'hostname | more',
      'hostname & shutdown /s',
      'hostname > C:\\x',
      'shutdown',
      'shutdown /r /s',
      'shutdown /r /t soon',
      'shutdown /r /m \\\\other',
    ]) {
      expect(await runProgram(machine, line, false), line).to.equal(undefined);
    }
  });

  it('announce that the machine goes off', async () => {
    expect((await runProgram(machine, 'shutdown -s -t 600 -c "a & b"', false))?.exitCode).to.equal(0);
    expect((await runProgram(machine, 'shutdown /p', false))?.exitCode).to.equal(1190);
    expect(machine.abortShutdown().ok).to.equal(true);
  });
});
