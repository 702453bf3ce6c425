import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { cimClasses, enumerateCim, getCim, invokeCim } from '../../../src/twin/cim/handler.js';
import type { CimRow } from '../../../src/twin/cim/filter.js';
import { deployed } from '../../../src/twin/deploy.js';
import { WsmanFault } from '../../../src/wsman/index.js';
import { makeRig, type Rig } from '../rig.js';

const caller = { user: 'Administrator', address: '127.0.0.1' };

describe('CIM face of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  const ask = async (wql: string, namespace = 'root/cimv2'): Promise<CimRow[]> => {
    const answer = await enumerateCim(rig.machine, { namespace, className: null, wql, caller });
    return answer.instances.map(({ properties }) => properties);
  };
  const faultOf = async (act: Promise<unknown>): Promise<WsmanFault> => {
    const error = await act.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    if (!(error instanceof WsmanFault)) throw new Error('no fault');
    return error;
  };

  it('declares for each class exactly what its rows have', async () => {
    await rig.placeholder('hotfixes/Windows8.1-KB2919442-x64.msu');
    await rig.hotfix('KB2919442');
    for (const each of cimClasses) {
      const where =
        each.name === 'CIM_DataFile' ? "where Name='E:\\\\hotfixes\\\\Windows8.1-KB2919442-x64.msu'" : '';
      const rows = await ask(`select * from ${each.name} ${where}`, each.namespace);
      expect(rows, each.name).to.not.have.length(0);
      for (const row of rows)
        expect(Object.keys(row).sort(), each.name).to.deep.equal([...each.properties].sort());
      expect(each.properties, each.name).to.include.members([...each.keys]);
    }
  });

  it('lists features of Server Manager that are installed, with their parents', async () => {
    await rig.install(['Web-Windows-Auth']);
    const rows = await ask('select ID, Name, ParentID from Win32_ServerFeature');
    const byId = new Map(rows.map((row) => [row['ID'], row]));
    const { id, displayName } = rig.machine.feature('Web-Windows-Auth')!;

    expect(byId.get(id)).to.deep.equal({
      ID: id,
      Name: displayName,
      ParentID: rig.machine.feature('Web-Security')?.id,
    });
    expect(byId.get(rig.machine.feature('Web-Server')!.id)).to.include({ ParentID: 0 });
    expect(byId.has(rig.machine.feature('Web-Basic-Auth')!.id)).to.equal(false);
    // The catalogue knows no number of it.
    expect(rig.state('FS-SMB1')).to.equal('Installed');
    expect(byId.has(0)).to.equal(false);
  });

  it('answers a fault of the provider where a class of features is broken, each by itself', async () => {
    const { quirks } = rig.machine.state;
    quirks.optionalFeature = 'fails';
    const fault = await faultOf(ask('select Name from Win32_OptionalFeature'));
    expect(fault.facts.provider).to.include({ code: 0x80041001, message: 'Generic failure' });
    expect(await ask('select ID from Win32_ServerFeature')).to.not.have.length(0);

    delete quirks.optionalFeature;
    quirks.serverFeature = 'fails';
    await faultOf(ask('select ID from Win32_ServerFeature'));
    expect(await ask('select Name from Win32_OptionalFeature')).to.not.have.length(0);
  });

  it('never answers where the component store hangs', async () => {
    rig.machine.state.quirks.optionalFeature = 'hangs';
    const answer = ask('select Name from Win32_OptionalFeature');
    const first = await Promise.race([answer, ask('select ID from Win32_ServerFeature')]);
    expect(first[0]).to.have.property('ID');
  });

  it('answers a query with the columns asked for, as Windows spells them', async () => {
    const answer = await enumerateCim(rig.machine, {
      namespace: 'ROOT/CIMV2',
      className: null,
      wql: 'select version,CAPTION from win32_operatingsystem',
      caller,
    });
    expect(answer.projection).to.deep.equal(['Version', 'Caption']);
    expect(answer.instances[0]?.properties['Version']).to.equal('6.3.9600');
  });

  it('enumerates a class without a query', async () => {
    const answer = await enumerateCim(rig.machine, {
      namespace: 'root/cimv2',
      className: 'Win32_LogicalDisk',
      wql: null,
      caller,
    });
    expect(answer.projection).to.equal(null);
    expect(answer.instances.map(({ properties }) => properties['VolumeName'])).to.deep.equal([
      'TWIN',
      'TWIN_MEDIA',
    ]);
  });

  describe('faults', () => {
    const request = { namespace: 'root/cimv2', className: null, caller };

    // recorded: 2150858778 with the provider's text (high)
    it('of a class that there is not', async () => {
      const fault = await faultOf(ask('select * from Win32_Nope'));
      expect(fault.facts.code).to.equal(2150858778);
      expect(fault.facts.provider?.message).to.equal(
        'The specified class does not exist in the given namespace.',
      );
    });

    it('of a property that the class has not, in select and where', async () => {
      for (const wql of ['select Nope from Win32_Service', "select Name from Win32_Service where Nope='x'"])
        expect((await faultOf(ask(wql))).facts.code).to.equal(2150858778);
    });

    it('of a query that is none', async () => {
      expect((await faultOf(ask('select'))).facts.code).to.equal(2150858778);
    });

    it('of a namespace that there is not, and of a class in another one', async () => {
      expect((await faultOf(ask('select * from X', 'root/standardcimv2'))).facts.code).to.equal(2147749902);
      expect((await faultOf(ask('select * from Win32_Service', 'root/cimv2/power'))).facts.code).to.equal(
        2150858778,
      );
      const byUri = enumerateCim(rig.machine, { ...request, className: 'Win32_Nope', wql: null });
      expect((await faultOf(byUri)).facts.code).to.equal(2150858752);
    });
  });

  describe('single instances', () => {
    const get = (className: string, selectors: Record<string, string>): ReturnType<typeof getCim> =>
      getCim(rig.machine, { namespace: 'root/cimv2', className, selectors, caller });

    it('are found by all their keys, in any case', async () => {
      expect((await get('Win32_Service', { NAME: 'winrm' })).properties['Name']).to.equal('WinRM');
      expect((await get('Win32_OperatingSystem', {})).properties['Version']).to.equal('6.3.9600');
    });

    it('need the right selectors', async () => {
      expect((await faultOf(get('Win32_Service', {}))).facts.code).to.equal(2150859002);
      expect((await faultOf(get('Win32_Service', { State: 'Running' }))).facts.code).to.equal(2150858813);
      expect((await faultOf(get('Win32_Service', { Name: 'nope' }))).facts.code).to.equal(2147749890);
    });
  });

  it('shows features by DISM name: 1 enabled, 2 disabled, 3 absent, and what waits as it was', async () => {
    const state = async (name: string): Promise<unknown> =>
      (await ask(`select InstallState from Win32_OptionalFeature where Name='${name}'`))[0]?.['InstallState'];

    expect(await state('MicrosoftWindowsPowerShell')).to.equal(1);
    expect(await state('NetFx3')).to.equal(3);
    expect(await state('TelnetClient')).to.equal(2);
    await rig.install(['Server-Media-Foundation', 'Telnet-Client']);
    expect(await state('TelnetClient')).to.equal(2);
    rig.restart();
    expect(await state('TelnetClient')).to.equal(1);
  });

  it('lists hotfixes once they are installed', async () => {
    await rig.placeholder('hotfixes/Windows8.1-KB2919442-x64.msu');
    await rig.placeholder('hotfixes/Windows8.1-KB2919355-x64.msu');
    await rig.hotfix('KB2919442');
    await rig.hotfix('KB2919355');
    const listed = async (): Promise<unknown[]> =>
      (await ask('select HotFixID,InstalledOn from Win32_QuickFixEngineering')).map((row) => row['HotFixID']);

    expect(await listed()).to.deep.equal(['KB2919442']);
    rig.restart();
    expect(await listed()).to.deep.equal(['KB2919442', 'KB2919355']);
  });

  it('shows services with State and StartMode as WMI words them', async () => {
    rig.machine.changeService('Spooler', { startMode: 'delayed', state: 'stopped' }, false);
    const [row] = await ask("select * from Win32_Service where Name='spooler'");
    expect(row).to.include({ State: 'Stopped', StartMode: 'Auto', DelayedAutoStart: true, Started: false });
  });

  it('shows a deployed machine as member of its domain', async () => {
    const as = { name: 'FE01', domain: 'lync.example.net', memoryMb: 32768 };
    Object.assign(rig.machine.state.computer, deployed(rig.machine.state, as).computer);
    const [row] = await ask('select * from Win32_ComputerSystem');
    expect(row).to.include({
      Name: 'FE01',
      Domain: 'lync.example.net',
      PartOfDomain: true,
      DomainRole: 3,
      Workgroup: null,
      // A little less than is installed.
      TotalPhysicalMemory: 32764n * 1024n * 1024n,
    });
  });

  it('finds files by their full name, and nothing by other questions', async () => {
    await rig.put('hotfixes/a.msu', 'content');
    const [row] = await ask("select * from CIM_DataFile where Name='e:\\\\HOTFIXES\\\\a.msu'");
    expect(row).to.include({ Name: 'e:\\hotfixes\\a.msu', FileSize: 7n, Extension: 'msu' });
    expect(await ask("select * from CIM_DataFile where Extension='msu'")).to.deep.equal([]);
  });

  it('says that the computer is a model', async () => {
    const [row] = await ask('select Manufacturer,Model from Win32_ComputerSystem');
    expect(row?.['Model']).to.contain('not Microsoft Windows');
  });

  it('gives points in time in UTC without empty fractions', async () => {
    const [row] = await ask('select LastBootUpTime,InstallDate from Win32_OperatingSystem');
    expect(row?.['LastBootUpTime']).to.deep.equal({ datetime: '2026-03-01T08:00:00Z' });
  });

  it('has methods of the registry provider only', async () => {
    const invoke = (className: string, method: string): Promise<unknown> =>
      invokeCim(rig.machine, {
        namespace: 'root/cimv2',
        className,
        method,
        selectors: {},
        input: {},
        caller,
      });
    expect((await faultOf(invoke('Win32_Service', 'StopService'))).message).to.contain('does not model');
    expect((await faultOf(invoke('StdRegProv', 'SetStringValue'))).facts.code).to.equal(2150858771);
    expect((await faultOf(invoke('Nope', 'X'))).facts.code).to.equal(2150858752);
  });
});
