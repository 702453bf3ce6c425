// What 2008 R2 gets at first boot, and what it is without: the path from PowerShell 2.0 to one that Ansible speaks to.
import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { invalidPayload } from '../../src/twin/modules/index.js';
import { recognise } from '../../src/twin/shell/recognise.js';
import type { CommandResult } from '../../src/twin/shell/result.js';
import { offersTls12, tls12ForServers } from '../../src/twin/tls.js';
import { makeRig, packageFile, type Rig } from './rig.js';
import { encoded } from './shell/encoded.js';

const engine = 'HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine';
/** As much of bootstrap_wrapper.ps1 as makes it one. */
const bootstrap = encoded(
  '$exec_wrapper_str = $input | Out-String\n$exec_wrapper_str.Split(@("`0`0`0`0"), 2)\n[ScriptBlock]::Create($split_parts[0])',
);

describe('first boot of 2008 R2', () => {
  let rig: Rig;
  afterEach(() => rig.close());
  const start = async (beforeFirstBoot: boolean): Promise<void> => {
    rig = await makeRig(undefined, { os: '2008r2', beforeFirstBoot });
    await rig.placeholder(packageFile('KB2506143', '2008r2'));
  };
  const ansible = async (): Promise<CommandResult> =>
    recognise(bootstrap).run(rig.machine, Buffer.from(''), new AbortController().signal);
  const wmf3 = (): ReturnType<Rig['hotfix']> => rig.hotfix('KB2506143');

  it('brings .NET 4.5, WMF 3.0, servicing stack, SHA-2 and TLS 1.2', async () => {
    await start(false);
    expect(rig.machine.state.dotNet).to.deep.equal({ version: '4.5.50709', release: 378389 });
    expect(rig.machine.installedHotfixes().map(({ kb }) => kb)).to.have.members([
      'KB2506143',
      'KB4474419',
      'KB4490628',
    ]);
    expect(rig.machine.facts().os).to.include({ powershell: '3.0', winrmStack: '3.0' });
    expect(offersTls12(rig.machine)).to.equal(true);
    expect(await ansible()).to.deep.equal(invalidPayload());
  });

  // the words of ansible-core's bootstrap_wrapper.ps1
  it('is what Ansible refuses to do without', async () => {
    await start(true);
    expect(rig.machine.facts().os).to.include({ powershell: '2.0', winrmStack: '2.0' });
    expect(rig.machine.state.hotfixes).to.deep.equal([]);
    expect(rig.machine.registryKeyExists(engine)).to.equal(false);
    expect(offersTls12(rig.machine)).to.equal(false);
    expect(await ansible()).to.deep.equal({
      stdout: '{"failed":true,"msg":"Ansible requires PowerShell v3.0 or newer"}\r\n',
      stderr: '',
      exitCode: 1,
    });
  });

  // system requirements of WMF 3.0
  it('can be made up for: .NET 4 first, then WMF 3.0, in force after the restart', async () => {
    await start(true);
    expect(await wmf3()).to.include({ ok: false, reason: 'not-applicable' });
    expect(rig.machine.state.journal.at(-1)?.text).to.contain('.NET Framework 4 must be installed first');

    rig.machine.state.dotNet = { version: '4.5.50709', release: 378389 };
    expect(await wmf3()).to.include({ ok: true, restartNeeded: true });
    expect(rig.machine.facts().os.powershell).to.equal('2.0');

    rig.restart();
    expect(rig.machine.facts().os.powershell).to.equal('3.0');
    expect(rig.machine.registryValue(engine, 'PowerShellVersion')?.data).to.equal('3.0');
  });

  it('needs service pack 1', async () => {
    rig = await makeRig(
      (state) => {
        state.servicePack = 0;
        state.dotNet = { version: '4.5.50709', release: 378389 };
      },
      { os: '2008r2', beforeFirstBoot: true },
    );
    await rig.placeholder(packageFile('KB2506143', '2008r2'));
    expect(await wmf3()).to.include({ ok: false, reason: 'not-applicable' });
    expect(rig.machine.state.journal.at(-1)?.text).to.contain('service pack 1');
  });

  it('switches TLS by SCHANNEL’s values, which later systems have on without', async () => {
    await start(true);
    rig.machine.setRegistryValue(tls12ForServers, 'Enabled', { type: 'dword', data: '1' });
    expect(offersTls12(rig.machine)).to.equal(false);
    rig.machine.setRegistryValue(tls12ForServers, 'DisabledByDefault', { type: 'dword', data: '0' });
    expect(offersTls12(rig.machine)).to.equal(true);
    await rig.close();

    rig = await makeRig(undefined, { os: '2012' });
    expect(offersTls12(rig.machine)).to.equal(true);
    rig.machine.setRegistryValue(tls12ForServers, 'Enabled', { type: 'dword', data: '0' });
    expect(offersTls12(rig.machine)).to.equal(false);
  });
});
