import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeRig, type Rig } from './rig.js';

const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const version = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const servicing = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing';

describe('registry of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  it('takes hives and keys in every spelling', () => {
    for (const hive of ['HKLM', 'hklm:', 'HKEY_LOCAL_MACHINE', 'Registry::HKEY_LOCAL_MACHINE'])
      expect(
        rig.machine.registryValue(`${hive}\\software\\MICROSOFT\\windows nt\\currentversion`, 'PRODUCTNAME')
          ?.data,
        hive,
      ).to.equal('Windows Server 2012 R2 Standard');
    expect(rig.machine.registryKeyExists('HKXX\\Software')).to.equal(false);
  });

  it('tells a missing value from a missing key', () => {
    expect(rig.machine.registryValues(schannel)).to.not.equal(undefined);
    expect(rig.machine.registryValue(schannel, 'EnableSessionTicket')).to.equal(undefined);
    expect(rig.machine.registryValues(`${schannel}\\Nope`)).to.equal(undefined);
    expect(rig.machine.registrySubkeys(`${schannel}\\Nope`)).to.equal(undefined);
  });

  it('keeps what is written, in its type, beside what was there', () => {
    rig.machine.setRegistryValue(schannel, 'EnableSessionTicket', { type: 'dword', data: '2' });

    expect(rig.machine.registryValue(schannel.toLowerCase(), 'enablesessionticket')).to.deep.equal({
      name: 'EnableSessionTicket',
      type: 'dword',
      data: '2',
    });
    expect(rig.machine.registryValue(schannel, 'EventLogging')?.data).to.equal('1');
    expect(Object.keys(rig.machine.state.registry)).to.deep.equal([schannel.toLowerCase()]);
  });

  it('makes parents: a key is there when something below it is', () => {
    rig.machine.createRegistryKey('HKLM\\SOFTWARE\\Example\\Deep\\Key');

    expect(rig.machine.registryKeyExists('HKLM\\SOFTWARE\\Example')).to.equal(true);
    expect(rig.machine.registrySubkeys('HKLM\\SOFTWARE\\Example')).to.deep.equal(['Deep']);
    expect(rig.machine.registryValues('HKLM\\SOFTWARE\\Example')).to.deep.equal([]);
  });

  it('forgets values and keys of the model for good', () => {
    expect(rig.machine.deleteRegistryValue(version, 'SystemRoot')).to.equal(true);
    expect(rig.machine.deleteRegistryValue(version, 'SystemRoot')).to.equal(false);
    expect(rig.machine.registryValue(version, 'SystemRoot')).to.equal(undefined);
    expect(rig.machine.registryValue(version, 'ProductName')).to.not.equal(undefined);

    expect(rig.machine.deleteRegistryKey(`${schannel}\\Protocols`)).to.equal(true);
    expect(rig.machine.registryKeyExists(`${schannel}\\Protocols\\SSL 2.0\\Client`)).to.equal(false);
    expect(rig.machine.registryKeyExists(schannel)).to.equal(true);
    rig.machine.setRegistryValue(`${schannel}\\Protocols\\SSL 2.0\\Client`, 'Enabled', {
      type: 'dword',
      data: '0',
    });
    expect(
      rig.machine.registryValues(`${schannel}\\Protocols\\SSL 2.0\\Client`)?.map(({ name }) => name),
    ).to.deep.equal(['Enabled']);
  });

  it('has names that no table of objects can stumble over', () => {
    rig.machine.setRegistryValue('HKLM\\SOFTWARE\\constructor', 'toString', { type: 'string', data: 'x' });
    expect(rig.machine.registryValue('HKLM\\SOFTWARE\\Constructor', 'tostring')?.data).to.equal('x');
    expect(rig.machine.registryValue(schannel, 'constructor')).to.equal(undefined);
    expect(rig.machine.registryValue(schannel, '__proto__')).to.equal(undefined);
  });

  // Component Based Servicing\RebootPending: public detection scripts (high)
  it('shows a pending restart as long as there is one, whatever is written', async () => {
    expect(rig.machine.registryKeyExists(`${servicing}\\RebootPending`)).to.equal(false);
    await rig.install(['Server-Media-Foundation']);
    expect(rig.machine.registryKeyExists(`${servicing}\\RebootPending`)).to.equal(true);
    rig.machine.deleteRegistryKey(`${servicing}\\RebootPending`);
    expect(rig.machine.registryKeyExists(`${servicing}\\RebootPending`)).to.equal(true);
    rig.restart();
    expect(rig.machine.registryKeyExists(`${servicing}\\RebootPending`)).to.equal(false);
  });

  it('shows time zone, power plan, suffix and services as they are', () => {
    rig.machine.setTimeZone('W. Europe Standard Time');
    rig.machine.setPowerPlan('High performance');
    rig.machine.state.computer.dnsSuffix = 'lync.example.net';
    rig.machine.changeService('Spooler', { startMode: 'delayed' }, false);
    const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
    const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';

    const read = (key: string, name: string): unknown => rig.machine.registryValue(key, name)?.data;
    expect(read(`${control}\\TimeZoneInformation`, 'TimeZoneKeyName')).to.equal('W. Europe Standard Time');
    expect(read(`${control}\\Power\\User\\PowerSchemes`, 'ActivePowerScheme')).to.match(/^8c5e7fda/);
    expect(read(`${services}\\Tcpip\\Parameters`, 'NV Domain')).to.equal('lync.example.net');
    expect(read(`${services}\\Spooler`, 'Start')).to.equal('2');
    expect(read(`${services}\\Spooler`, 'DelayedAutostart')).to.equal('1');
  });

  it('holds .NET 3.5 once the feature is installed', async () => {
    const key = 'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v3.5';
    expect(rig.machine.registryKeyExists(key)).to.equal(false);
    await rig.placeholder('sources/sxs/microsoft-windows-netfx3-ondemand-package.cab');
    await rig.install(['NET-Framework-Core'], { source: 'E:\\sources\\sxs' });
    expect(rig.machine.registryValue(key, 'Install')?.data).to.equal('1');
  });
});
