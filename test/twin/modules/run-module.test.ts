import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { moduleNames, runModule, type Payload } from '../../../src/twin/modules/index.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';

const ping: Payload = {
  moduleName: 'ansible.windows.win_ping',
  arguments: {},
  checkMode: false,
  diffMode: false,
  actions: ['module_powershell_wrapper'],
  environment: {},
  minPowershell: null,
  minOs: null,
};

const { signal } = new AbortController();

describe('the wrapper around a module', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });

  it('answers one line of JSON and no error output', async () => {
    const { stdout, stderr, exitCode } = await runModule(machine, ping, signal);

    expect(stdout).to.match(/^\{.*"ping":"pong".*\}\r\n$/);
    expect({ stderr, exitCode }).to.deep.equal({ stderr: '', exitCode: 0 });
  });

  it('finds a module by the last part of its name', async () => {
    for (const moduleName of ['win_ping', 'ansible.windows.win_ping', 'ansible.legacy.win_ping']) {
      expect((await runModule(machine, { ...ping, moduleName }, signal)).exitCode).to.equal(0);
    }
    expect(moduleNames).to.include.members(['setup', 'win_feature', 'win_hotfix']);
  });

  const refused: [string, Partial<Payload>, string][] = [
    ['an unknown module', { moduleName: 'a.b.win_dns_zone' }, 'the twin does not model a.b.win_dns_zone'],
    [
      'a module by an object’s own name',
      { moduleName: 'constructor' },
      'the twin does not model constructor',
    ],
    ['async', { actions: ['async_wrapper', 'async_watchdog'] }, 'the twin does not model tasks with async'],
    ['become', { actions: ['become_wrapper'] }, 'the twin does not model tasks that run by become_wrapper'],
    ['a script', { actions: ['module_script_wrapper'] }, 'the twin does not model script tasks'],
    [
      'a newer PowerShell',
      { minPowershell: '5.1' },
      'internal error: This module cannot run as it requires a minimum PowerShell version of 5.1, actual was 4.0',
    ],
    [
      'a newer Windows',
      { minOs: '10.0' },
      'internal error: This module cannot run on this OS as it requires a minimum version of 10.0, actual was 6.3.9600',
    ],
    [
      'an exception in the module',
      { arguments: { data: 'crash' } },
      'Unhandled exception while executing module: boom',
    ],
  ];
  for (const [what, change, msg] of refused) {
    it(`fails for ${what}`, async () => {
      const { stdout, exitCode } = await runModule(machine, { ...ping, ...change }, signal);

      expect(JSON.parse(stdout)).to.deep.equal({ failed: true, msg });
      expect(exitCode).to.equal(1);
    });
  }

  it('lets a module run that asks for what is there', async () => {
    const { exitCode } = await runModule(machine, { ...ping, minOs: '6.2', minPowershell: '3.0' }, signal);

    expect(exitCode).to.equal(0);
  });
});
