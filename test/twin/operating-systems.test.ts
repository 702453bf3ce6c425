// What tells one modelled system from another. Evidence of each value: src/twin/os.ts.
import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { enumerateCim } from '../../src/twin/cim/handler.js';
import { productVersion } from '../../src/twin/os.js';
import type { MachineState } from '../../src/twin/state.js';
import { makeRig, type Rig } from './rig.js';

const current = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const engine = 'HKLM\\SOFTWARE\\Microsoft\\PowerShell';
const dotNet = 'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full';

/** Of any system that a service hangs on. */
const everyFeature = [
  'MSMQ-Server',
  'WAS-Process-Model',
  'Web-Asp-Net',
  'Web-Asp-Net45',
  'Web-Http-Logging',
  'Web-Metabase',
  'Web-Mgmt-Service',
  'Web-WebServer',
  'Windows-Internal-DB',
  'Windows-Internal-Database',
];

describe('the modelled operating systems', () => {
  let rig: Rig;
  afterEach(() => rig.close());
  const start = async (os: string, change?: (state: MachineState) => void): Promise<void> => {
    rig = await makeRig(change, { os });
  };
  const value = (key: string, name: string): unknown => rig.machine.registryValue(key, name)?.data;
  const rows = async (wql: string): Promise<Record<string, unknown>[]> => {
    const request = { namespace: 'root/cimv2', className: null, wql };
    const caller = { user: 'Administrator', address: '127.0.0.1' };
    const { instances } = await enumerateCim(rig.machine, { ...request, caller });
    return instances.map(({ properties }) => properties);
  };

  const shipped = [
    [
      '2008r2',
      '6.1.7601',
      'Windows Server 2008 R2 Standard',
      'OS: 6.1.7601 SP: 1.0 Stack: 3.0',
      '3.0',
      '378389',
    ],
    ['2012', '6.2.9200', 'Windows Server 2012 Standard', 'OS: 6.2.9200 SP: 0.0 Stack: 3.0', '3.0', '378389'],
    [
      '2012r2',
      '6.3.9600',
      'Windows Server 2012 R2 Standard',
      'OS: 6.3.9600 SP: 0.0 Stack: 3.0',
      '4.0',
      '378675',
    ],
  ] as const;
  for (const [os, version, name, identify, powershell, release] of shipped) {
    it(`${os} says the same of itself everywhere`, async () => {
      await start(os);
      const facts = rig.machine.facts().os;
      const [row] = await rows('select * from Win32_OperatingSystem');

      expect(facts).to.include({
        version,
        productName: name,
        powershell,
        sku: 7,
        editionId: 'ServerStandard',
      });
      expect(productVersion(facts)).to.equal(identify);
      expect(row).to.include({ Version: version, OperatingSystemSKU: 7 });
      expect(String(row?.['Caption']).trim()).to.equal(`Microsoft ${name}`);
      expect(value(current, 'ProductName')).to.equal(name);
      expect(value(current, 'InstallationType')).to.equal('Server');
      expect(value(`${engine}\\1\\PowerShellEngine`, 'PowerShellVersion')).to.equal('2.0');
      expect(value(`${engine}\\3\\PowerShellEngine`, 'PowerShellVersion')).to.equal(powershell);
      expect(value(dotNet, 'Release')).to.equal(release);
    });
  }

  const fresh = [
    ['2008r2', 226, 0, []],
    ['2012', 268, 13, ['NET-Framework-Core']],
    ['2012r2', 267, 15, ['NET-Framework-Core']],
  ] as const;
  for (const [os, all, installed, removed] of fresh) {
    it(`${os} has its own features`, async () => {
      await start(os);
      const features = rig.machine.features();
      const named = (state: string): string[] =>
        features.filter((feature) => feature.state === state).map(({ name }) => name);

      expect(features).to.have.length(all);
      expect(named('Installed')).to.have.length(installed);
      expect(named('Removed')).to.deep.equal(removed);
    });
  }

  it('are of the edition and the kind that was installed', async () => {
    await start('2008r2', (state) => {
      state.edition = 'datacenter';
      state.installationType = 'Server Core';
    });
    expect(rig.machine.facts().os).to.include({ sku: 12, editionId: 'ServerDatacenterCore' });
    await rig.close();

    await start('2012', (state) => {
      state.edition = 'datacenter';
      state.installationType = 'Server Core';
    });
    expect(rig.machine.facts().os).to.include({
      sku: 8,
      editionId: 'ServerDatacenter',
      installationType: 'Server Core',
      productName: 'Windows Server 2012 Datacenter',
    });
    expect(value(current, 'InstallationType')).to.equal('Server Core');
  });

  it('are of the service pack that was installed', async () => {
    await start('2008r2', (state) => {
      state.servicePack = 0;
    });
    expect(rig.machine.facts().os).to.include({ version: '6.1.7600', servicePack: 0 });
    expect(value(current, 'CSDVersion')).to.equal(undefined);
  });

  // Failover-Clustering: Enterprise and Datacenter alone
  it('offer the features of their edition', async () => {
    await start('2008r2');
    expect(rig.state('Failover-Clustering')).to.equal('unknown');
    await rig.close();
    await start('2008r2', (state) => {
      state.edition = 'enterprise';
    });
    expect(rig.state('Failover-Clustering')).to.equal('Available');
  });

  it('have their own services, and those of features that are installed', async () => {
    await start('2008r2');
    const { machine } = rig;
    expect(machine.service('UALSVC')).to.equal(undefined);
    expect(machine.service('WinRM')).to.include({ startMode: 'delayed', state: 'running' });
    expect(machine.service('MSMQ')).to.equal(undefined);

    await rig.install(['MSMQ-Server', 'Web-Server', 'Web-Asp-Net', 'Windows-Internal-DB']);

    for (const name of ['MSMQ', 'W3SVC', 'WAS', 'aspnet_state', 'MSSQL$MICROSOFT##SSEE'])
      expect(machine.service(name), name).to.not.equal(undefined);
    expect(machine.service('W3LOGSVC')).to.equal(undefined);
  });

  it('have no service twice', async () => {
    for (const os of ['2008r2', '2012', '2012r2']) {
      await start(os, (state) => {
        for (const name of everyFeature) state.features[name] = 'Installed';
      });
      const names = rig.machine.services().map(({ name }) => name);
      expect(new Set(names).size, os).to.equal(names.length);
      if (os !== '2012r2') await rig.close();
    }
  });

  describe('2008 R2', () => {
    // no -IncludeManagementTools there: the console is selected by itself, and brings its tools (medium)
    it('installs the console with Web-Server', async () => {
      await start('2008r2');
      await rig.install(['Web-Server']);
      expect(rig.state('Web-Mgmt-Console')).to.equal('Installed');
      expect(rig.state('RSAT-Web-Server')).to.equal('Installed');
      expect(rig.state('Web-Default-Doc')).to.equal('Installed');
    });

    it('needs no source for .NET 3.5', async () => {
      await start('2008r2');
      const answer = await rig.install(['NET-Framework-Core']);
      expect(answer).to.include({ success: true, restartNeeded: 'No' });
    });

    // install scripts pass a restart switch (medium)
    it('restarts for Desktop-Experience and for the tools of AD DS', async () => {
      await start('2008r2');
      expect(await rig.install(['Desktop-Experience'])).to.include({ restartNeeded: 'Yes' });
      rig.restart();
      expect(rig.state('IH-Ink-Support')).to.equal('Installed');
      expect(await rig.install(['RSAT-ADDS'])).to.include({ restartNeeded: 'Yes' });
    });

    // documented as of 2012 (medium)
    it('does not know DelayedAutoStart of Win32_Service', async () => {
      await start('2008r2');
      const [row] = await rows("select * from Win32_Service where Name = 'WinRM'");
      expect(row).to.include({ StartMode: 'Auto' }).and.not.have.property('DelayedAutoStart');
      const refused = await rows('select DelayedAutoStart from Win32_Service').catch(
        (error: unknown) => error,
      );
      expect(refused).to.have.nested.property('facts.subcode', 'n:CannotProcessFilter');
    });

    it('shows by its DISM name what has one, and by its number what has none', async () => {
      await start('2008r2');
      await rig.install(['RSAT-AD-PowerShell']);
      const optional = await rows('select Name, InstallState from Win32_OptionalFeature');
      const installed = await rows('select ID, ParentID from Win32_ServerFeature');

      expect(optional).to.have.length(75);
      expect(installed.map(({ ID }) => ID)).to.include.members([331, 220]);
    });
  });
});
