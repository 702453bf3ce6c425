// Installers, as a specification. Evidence of each rule: docs/fidelity.md.
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { findInstaller, packageTable } from '../../src/twin/package-table.js';
import type { InstallerOutcome } from '../../src/twin/outcomes.js';
import { parseState } from '../../src/twin/state-file.js';
import { makeRig, type Rig } from './rig.js';

const uninstall = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const uninstall32 = 'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const sessionManager = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager';
const servicing =
  'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending';
const runtime = '{41D635FE-4F9D-47F7-8230-9B29D6D42D31}';

describe('installers of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  const run = async (file: string, ...words: string[]): Promise<InstallerOutcome | undefined> => {
    await rig.placeholder(`packages/${file}`);
    return rig.machine.runInstaller({ path: `E:\\packages\\${file.replaceAll('/', '\\')}`, words });
  };
  const reasonOf = async (file: string, ...words: string[]): Promise<string> => {
    const outcome = await run(file, ...words);
    expect(rig.machine.state.journal.at(-1)?.text).to.contain(outcome?.reason ?? 'nothing');
    return outcome?.reason ?? '';
  };
  const on = async (os: string): Promise<void> => {
    await rig.close();
    rig = await makeRig(undefined, { os });
  };

  it('have a source each, and one entry for a file on a system', () => {
    for (const entry of packageTable) {
      expect(entry.source, entry.title).to.not.equal('');
      for (const os of entry.os) {
        const same = packageTable.filter(
          (each) => each.os.includes(os) && each.files.includes(entry.files[0]!),
        );
        expect(same, `${entry.title} on ${os}`).to.have.lengthOf(1);
        expect(findInstaller(entry.files[0]!, os)).to.equal(entry);
      }
      // An EXE without a silent switch would always wait for somebody.
      if (entry.kind === 'exe') expect(entry.silent, entry.title).to.not.deep.equal([]);
    }
  });

  it('leave an uninstall key in the half of the registry that is theirs', async () => {
    expect(await run('vcredist_x64.exe', '/install', '/quiet', '/norestart')).to.include({ exitCode: 0 });

    const minimum = `${uninstall}\\{A2CB1ACB-94A2-32BA-A15E-7D80319F7589}`;
    expect(rig.machine.registryValue(minimum, 'DisplayVersion')?.data).to.equal('11.0.50727');
    expect(rig.machine.registryValue(minimum, 'WindowsInstaller')?.data).to.equal('1');
    const bundle = '{15134cb0-b767-4960-a911-f2d16ae54797}';
    expect(rig.machine.registryKeyExists(`${uninstall}\\${bundle}`)).to.equal(false);
    expect(rig.machine.registryValue(`${uninstall32}\\${bundle}`, 'Publisher')?.data).to.equal(
      'Microsoft Corporation',
    );
    expect(rig.machine.registryValue(`${uninstall32}\\${bundle}`, 'WindowsInstaller')).to.equal(undefined);
    const servicingKey = 'HKLM\\SOFTWARE\\Microsoft\\DevDiv\\VC\\Servicing\\11.0\\RunTimeMinimum';
    expect(rig.machine.registryValue(servicingKey, 'Install')?.data).to.equal('1');
  });

  it('are kept in the state', async () => {
    await run('vcredist_x64.exe', '/quiet');
    rig.machine.switchOff();
    const { state } = rig.machine;
    expect(parseState(JSON.stringify(state), 'state.json').packages).to.deep.equal(state.packages);
  });

  it('that are EXEs ask a person who is not there, unless they are told to be silent', async () => {
    expect(await run('Silverlight_x64.exe')).to.include({ exitCode: 1602 });
    expect(await reasonOf('Silverlight_x64.exe', '/norestart')).to.contain('/q');
    expect(rig.machine.state.packages).to.deep.equal({});
    expect(await run('Silverlight_x64.exe', '/Q')).to.include({ exitCode: 0 });
  });

  // Microsoft, UCMA 4.0 runtime requirements (medium); the order of features: Lync Server 2013 requirements (high)
  for (const [os, feature] of [
    ['2008r2', 'Desktop-Experience'],
    ['2012', 'Server-Media-Foundation'],
    ['2012r2', 'Server-Media-Foundation'],
  ] as const) {
    it(`UCMA asks for ${feature} and its restart on ${os}`, async () => {
      await on(os);
      expect(await run('UcmaRuntimeSetup.exe', '-q')).to.include({
        exitCode: 1603,
        reason: `${feature} must be installed first`,
      });
      await rig.install([feature]);
      expect(await run('UcmaRuntimeSetup.exe', '-q')).to.include({ exitCode: 1603 });
      rig.restart();
      expect(await run('UcmaRuntimeSetup.exe', '-q')).to.include({ exitCode: 0 });
      expect(rig.machine.registryKeyExists(`${uninstall}\\${runtime}`)).to.equal(true);
    });
  }

  it('UCMA asks for .NET Framework 4.5', async () => {
    await rig.install(['Server-Media-Foundation']);
    rig.restart();
    rig.machine.state.dotNet = { version: '4.0.30319', release: 1 };
    expect(await reasonOf('UcmaRuntimeSetup.exe', '-q')).to.contain('.NET Framework 4.5');
  });

  it('of Lync’s tools install in their order only', async () => {
    expect(await reasonOf('OCSCore.msi')).to.contain('{A2CB1ACB-94A2-32BA-A15E-7D80319F7589}');
    expect(await reasonOf('SharedManagementObjects.msi')).to.contain(
      '{F1949145-EB64-4DE7-9D81-E6D27937146C}',
    );
    expect(await reasonOf('AdminTools.msi')).to.contain('{8901ADFC-435C-4E37-9045-9E2E7A613285}');
    await run('vcredist_x64.exe', '/quiet');
    for (const file of ['SQLSysClrTypes.msi', 'SharedManagementObjects.msi', 'OCSCore.msi', 'AdminTools.msi'])
      expect(await run(file), file).to.include({ exitCode: 0 });
  });

  it('of IIS ask for it, and ARR for URL Rewrite', async () => {
    expect(await reasonOf('rewrite_2.0_rtw_x64.msi')).to.contain('Web-WebServer');
    await rig.install(['Web-WebServer']);
    expect(await reasonOf('requestRouter_amd64.msi')).to.contain('{EB675D0A-2C95-405B-BEE8-B42A65D23E11}');
    expect(await run('rewrite_2.0_rtw_x64.msi')).to.include({ exitCode: 0 });
    expect(await run('requestRouter_amd64.msi')).to.include({ exitCode: 0 });
    expect(
      rig.machine.registryValue('HKLM\\SOFTWARE\\Microsoft\\IIS Extensions\\URL Rewrite', 'Install')?.data,
    ).to.equal('1');
  });

  it('of ARR leave its library behind, as long as it is installed', async () => {
    const library = 'C:\\Program Files\\IIS\\Application Request Routing\\requestRouter.dll';
    await rig.install(['Web-WebServer']);
    await run('rewrite_2.0_rtw_x64.msi');
    await run('requestRouter_amd64.msi');

    expect(await rig.machine.stat(library)).to.include({ isDirectory: false });
    rig.machine.removeProduct('{279B4CB0-A213-4F94-B224-19D6F5C59942}');
    expect(await rig.machine.stat(library)).to.equal(undefined);
  });

  it('want their licence accepted where they ask for it', async () => {
    expect(await run('sqlncli.msi', '/qb')).to.include({ exitCode: 1603 });
    expect(await run('sqlncli.msi', 'IACCEPTSQLNCLILICENSETERMS=yes')).to.include({ exitCode: 0 });
  });

  it('of Office Web Apps: the service pack finds nothing to patch before the product', async () => {
    const servicePack = 'wacserversp2013-kb2880558-fullfile-x64-glb.exe';
    expect(await run(servicePack, '/quiet')).to.include({ exitCode: 17_028 });
    await rig.install(['Web-WebServer']);
    expect(await run('wacserver/setup.exe', '/config', 'config.xml')).to.include({ exitCode: 0 });
    expect(await run(servicePack, '/quiet')).to.include({ exitCode: 0 });
  });

  it('of .NET 4.5 stop where it is a part of the system', async () => {
    expect(await run('dotnetfx45_full_x86_x64.exe', '/q', '/norestart')).to.include({ exitCode: 5100 });
  });

  // criteo-cookbooks ms_dotnet: a hotfix on 2012 and 2012 R2 (medium)
  it('.NET 4.5.2 is a package of servicing on 2012 R2 and waits for a restart', async () => {
    const file = 'NDP452-KB2901907-x86-x64-AllOS-ENU.exe';
    expect(await run(file, '/q', '/norestart')).to.include({ exitCode: 3010 });
    expect(rig.machine.state.dotNet?.release).to.equal(378_675);
    expect(rig.machine.state.packages).to.deep.equal({});
    expect(rig.machine.registryKeyExists(servicing)).to.equal(true);
    expect(rig.machine.installedHotfixes()).to.deep.equal([]);
    rig.restart();
    expect(rig.machine.installedHotfixes().map(({ kb }) => kb)).to.deep.equal(['KB2934520']);
    expect(rig.machine.state.dotNet?.release).to.equal(379_893);
    expect(await run(file, '/q', '/norestart')).to.include({ exitCode: 5100 });
  });

  it('.NET 4.5.2 is a program on 2008 R2; its files in use wait for a restart', async () => {
    await on('2008r2');
    const words = ['/q', '/norestart'];
    expect(await run('NDP452-KB2901907-x86-x64-AllOS-ENU.exe', ...words)).to.include({ exitCode: 3010 });
    expect(rig.machine.state.dotNet?.release).to.equal(379_893);
    expect(rig.machine.registryKeyExists(servicing)).to.equal(false);
    expect(rig.machine.registryValue(sessionManager, 'PendingFileRenameOperations')).to.not.equal(undefined);
    rig.restart();
    expect(rig.machine.registryValue(sessionManager, 'PendingFileRenameOperations')).to.equal(undefined);
    expect(rig.machine.registryKeyExists(`${uninstall}\\{26784146-6E05-3FF9-9335-786C7C0FB5BE}`)).to.equal(
      true,
    );
  });

  // Servicing takes nothing more then (high for features and packages); the code is a guess (low).
  it('.NET 4.5.2 as a package of servicing is refused while servicing waits for a restart', async () => {
    const file = 'NDP452-KB2901907-x86-x64-AllOS-ENU.exe';
    await rig.install(['Server-Media-Foundation']);
    expect(await run(file, '/q', '/norestart')).to.deep.equal({
      exitCode: 5100,
      reason: 'servicing waits for a restart',
    });
    rig.restart();
    expect(await run(file, '/q', '/norestart')).to.include({ exitCode: 3010 });
    expect(await reasonOf(file, '/q', '/norestart')).to.equal('servicing waits for a restart');
  });

  // .NET deployment guide: the switch and the code
  for (const os of ['2008r2', '2012r2'])
    it(`that want a restart and are not told /norestart restart the machine by themselves on ${os}`, async () => {
      await on(os);
      const { boots } = rig.machine.state.power;
      expect(await run('NDP452-KB2901907-x86-x64-AllOS-ENU.exe', '/q')).to.include({ exitCode: 1641 });
      rig.time.pass(10_000);
      expect(rig.machine.state.power.boots).to.equal(boots + 1);
      expect(rig.machine.state.dotNet?.release).to.equal(379_893);
    });

  it('that are told /NoRestart, in any case, leave the machine up', async () => {
    const { boots } = rig.machine.state.power;
    await run('NDP452-KB2901907-x86-x64-AllOS-ENU.exe', '/q', '/NoRestart');
    rig.time.pass(10_000);
    expect(rig.machine.state.power.boots).to.equal(boots);
  });

  it('that are not for this system refuse', async () => {
    expect(await reasonOf('ARRv2_setup_amd64_en-us.exe', '/q')).to.equal(
      'it is for 2008r2, 2012, this is 2012r2',
    );
  });

  it('are known by what a file is, not by its name alone', async () => {
    await rig.put('packages/example-agent.msi', 'a text file');
    await rig.put('packages/real/example-agent.msi', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    await rig.put('packages/real/Silverlight_x64.exe', Buffer.from('MZ'));
    await rig.placeholder('packages/unknown.msi');

    const file = (path: string) => rig.machine.installerFile(`E:\\packages\\${path}`);
    expect(await file('example-agent.msi')).to.include({ kind: 'other', title: null });
    expect(await file('real\\example-agent.msi')).to.include({
      kind: 'msi',
      productCode: '{6D0C8E5B-3F0F-4B4E-9A51-2E5A7C1D9F10}',
    });
    expect(await file('real\\Silverlight_x64.exe')).to.include({ kind: 'exe', productCode: null });
    expect(await file('unknown.msi')).to.include({ kind: 'msi', title: null });
    expect(await file('nothing.msi')).to.equal(undefined);
    expect(await run('unknown.msi')).to.equal(undefined);
  });

  it('of Windows Installer are removed by their ProductCode, in any case', async () => {
    await run('example-agent.msi');
    const code = '{6d0c8e5b-3f0f-4b4e-9a51-2e5a7c1d9f10}';

    expect(rig.machine.isProductInstalled(code)).to.equal(true);
    expect(rig.machine.removeProduct(code)).to.equal(true);
    expect(rig.machine.removeProduct(code)).to.equal(false);
    expect(rig.machine.registrySubkeys(uninstall)).to.deep.equal([]);
  });
});
