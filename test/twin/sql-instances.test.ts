import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ModelledMachine } from '../../src/twin/machine-model.js';
import type { SqlInstance } from '../../src/twin/state.js';
import { modelledMachine } from '../helpers/modelled-machine.js';

const server = 'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server';

describe('instances of SQL Server on the twin', () => {
  const holding = (...sqlInstances: SqlInstance[]): Promise<ModelledMachine> =>
    modelledMachine({
      change: (state) => {
        state.sqlInstances = sqlInstances;
      },
    });
  const express = { version: '11.0.2100.60', edition: 'Express Edition' };

  it('are none at first', async () => {
    const machine = await modelledMachine();

    expect(machine.registryKeyExists(server)).to.equal(false);
    expect(machine.service('SQLBrowser')).to.equal(undefined);
  });

  it('stand in the registry by name, with version and edition', async () => {
    const old = { name: 'ARCHIVE', version: '10.50.1600.1', edition: 'Standard Edition' };
    const machine = await holding({ name: 'RTCLOCAL', ...express }, old);

    const value = (key: string, name: string): unknown =>
      machine.registryValue(`${server}${key}`, name)?.data;
    expect(value('', 'InstalledInstances')).to.deep.equal(['RTCLOCAL', 'ARCHIVE']);
    expect(value('\\Instance Names\\SQL', 'RTCLOCAL')).to.equal('MSSQL11.RTCLOCAL');
    expect(value('\\Instance Names\\SQL', 'ARCHIVE')).to.equal('MSSQL10_50.ARCHIVE');
    expect(value('\\MSSQL11.RTCLOCAL\\Setup', 'Version')).to.equal('11.0.2100.60');
    expect(value('\\MSSQL11.RTCLOCAL\\Setup', 'Edition')).to.equal('Express Edition');
  });

  it('run as services, which can be changed as others can', async () => {
    const machine = await holding({ name: 'RTCLOCAL', ...express });

    expect(machine.service('mssql$rtclocal')).to.include({ startMode: 'auto', state: 'running' });
    expect(machine.service('SQLBrowser')).to.include({ startMode: 'auto', state: 'running' });
    machine.changeService('MSSQL$RTCLOCAL', { startMode: 'disabled', state: 'stopped' }, false);
    expect(machine.service('MSSQL$RTCLOCAL')).to.include({ startMode: 'disabled', state: 'stopped' });
  });

  it('need no browser for the default instance alone', async () => {
    const machine = await holding({ name: 'MSSQLSERVER', ...express });

    expect(machine.service('MSSQLSERVER')).to.include({ displayName: 'SQL Server (MSSQLSERVER)' });
    expect(machine.service('SQLBrowser')).to.include({ startMode: 'disabled', state: 'stopped' });
  });
});
