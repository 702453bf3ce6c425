// Install-WindowsFeature and Uninstall-WindowsFeature, as a specification. Evidence of each rule: docs/fidelity.md.
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadFeatures } from '../../src/twin/feature-catalogue.js';
import { extraNames } from '../../src/twin/feature-extras.js';
import { modelledOsIds } from '../../src/twin/os.js';
import { makeRig, packageRoot, resultNames, type Rig } from './rig.js';

const netfx3 = 'sources/sxs/microsoft-windows-netfx3-ondemand-package.cab';
const sxs = 'E:\\sources\\sxs';

describe('features of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  // listings of fresh 2012 R2 machines (high)
  it('are as on a fresh 2012 R2', () => {
    const installed = rig.machine.features().filter(({ state }) => state === 'Installed');
    const removed = rig.machine.features().filter(({ state }) => state === 'Removed');

    expect(rig.machine.features()).to.have.length(267);
    expect(installed).to.have.length(15);
    expect(removed.map(({ name }) => name)).to.deep.equal(['NET-Framework-Core']);
  });

  it('are named in any case', () => {
    expect(rig.machine.feature('web-SERVER')?.name).to.equal('Web-Server');
  });

  it('that come by themselves are all in the catalogue of their system', async () => {
    for (const os of modelledOsIds) {
      const catalogue = await loadFeatures(packageRoot, os);
      for (const name of extraNames(os))
        expect(catalogue.find(name), `${os} ${name}`).to.not.equal(undefined);
    }
  });

  describe('installing', () => {
    // Server Manager: a child brings the chain above it (high)
    it('brings parents and dependencies', async () => {
      const answer = await rig.install(['Web-Windows-Auth']);

      expect(answer).to.include({ success: true, exitCode: 'Success', restartNeeded: 'No' });
      expect(resultNames(answer)).to.deep.equal([
        'Web-Server',
        'Web-WebServer',
        'Web-Security',
        'Web-Windows-Auth',
        'WAS',
        'WAS-Process-Model',
        'WAS-Config-APIs',
      ]);
      expect(rig.state('Web-Server')).to.equal('Installed');
    });

    // IIS documentation (medium)
    it('brings the default role services of Web-Server when the role is named', async () => {
      const answer = await rig.install(['Web-Server']);

      expect(resultNames(answer)).to.include.members([
        'Web-Default-Doc',
        'Web-Dir-Browsing',
        'Web-Http-Errors',
        'Web-Static-Content',
        'Web-Http-Logging',
        'Web-Stat-Compression',
        'Web-Filtering',
      ]);
      expect(resultNames(answer)).to.not.include('Web-Mgmt-Console');
    });

    it('brings management tools and sub-features only when they are asked for', async () => {
      const tools = await rig.install(['Web-Server'], { includeManagementTools: true, whatIf: true });
      const all = await rig.install(['Web-Health'], { includeSubFeatures: true, whatIf: true });

      expect(resultNames(tools)).to.include('Web-Mgmt-Console');
      expect(resultNames(all)).to.include('Web-Http-Tracing');
    });

    // every 2012 R2 listing with Desktop-Experience (medium); restart: Microsoft's Lync text
    it('of Desktop-Experience brings Ink and Media Foundation, and waits for a restart', async () => {
      const answer = await rig.install(['Desktop-Experience']);

      expect(resultNames(answer)).to.include.members([
        'Desktop-Experience',
        'InkAndHandwritingServices',
        'Server-Media-Foundation',
      ]);
      expect(answer).to.include({ success: true, exitCode: 'SuccessRestartRequired', restartNeeded: 'Yes' });
      expect(rig.state('Desktop-Experience')).to.equal('InstallPending');
      expect(rig.machine.isRebootPending()).to.equal(true);
    });

    // chocolatey-community/boxstarter #224: all parts of one request wait together (medium)
    it('is one transaction: what needs no restart waits with what does', async () => {
      const answer = await rig.install(['Server-Media-Foundation', 'Telnet-Client']);

      expect(answer.featureResult.every(({ restartNeeded }) => restartNeeded)).to.equal(true);
      expect(rig.state('Telnet-Client')).to.equal('InstallPending');
      rig.restart();
      expect(rig.state('Telnet-Client')).to.equal('Installed');
    });

    // DISMAPI_Error__Failed_Reboot_Required in public logs (medium)
    it('is refused while a restart is pending', async () => {
      await rig.install(['Server-Media-Foundation']);
      const answer = await rig.install(['Telnet-Client']);

      expect(answer).to.include({ success: false, exitCode: 'Failed', restartNeeded: 'No' });
      expect(answer.error?.id).to.equal('DISMAPI_Error__Failed_Reboot_Required');
      expect(rig.state('Telnet-Client')).to.equal('Available');
    });

    it('of what is there needs nothing, even while a restart is pending', async () => {
      await rig.install(['Server-Media-Foundation']);
      const answer = await rig.install(['PowerShell']);

      expect(answer).to.deep.equal({
        success: true,
        exitCode: 'NoChangeNeeded',
        restartNeeded: 'No',
        featureResult: [],
        error: null,
      });
    });

    // text in public logs (high)
    it('of an unknown name changes nothing and names it', async () => {
      const outcome = await rig.machine.installFeatures({
        names: ['Telnet-Client', 'Web-Sever'],
        includeSubFeatures: false,
        includeManagementTools: false,
        source: null,
        whatIf: false,
      });

      expect(outcome.ok).to.equal(false);
      if (!outcome.ok)
        expect(outcome.error.message).to.contain('ArgumentNotValid').and.contain("'Web-Sever'");
      expect(rig.state('Telnet-Client')).to.equal('Available');
    });

    // documentation of -WhatIf (medium)
    it('as a rehearsal of its own (-WhatIf) lists the same, says Maybe, changes nothing', async () => {
      const before = structuredClone(rig.machine.state);
      const answer = await rig.install(['Server-Media-Foundation'], { whatIf: true });

      expect(resultNames(answer)).to.deep.equal(['Server-Media-Foundation']);
      expect(answer).to.include({ success: true, restartNeeded: 'Maybe' });
      expect(rig.machine.state).to.deep.equal(before);
    });
  });

  // voxpupuli/puppet-windowsfeature #68, mwrock/packer-templates #53 (high)
  describe('whose payload was removed', () => {
    it('fail without a source', async () => {
      const answer = await rig.install(['NET-Framework-Core']);

      expect(answer).to.include({ success: false, exitCode: 'Failed', restartNeeded: 'No' });
      expect(answer.featureResult).to.deep.equal([]);
      expect(answer.error).to.include({
        id: 'DISMAPI_Error__Failed_To_Enable_Updates',
        hresult: '0x800F081F',
      });
      expect(rig.state('NET-Framework-Core')).to.equal('Removed');
    });

    it('fail as a dependency of another feature, which then is not installed either', async () => {
      const answer = await rig.install(['Web-Asp-Net']);

      expect(answer.error?.hresult).to.equal('0x800F081F');
      expect(rig.state('Web-Asp-Net')).to.equal('Available');
      expect(rig.state('Web-Server')).to.equal('Available');
    });

    it('fail with a source that is there and does not hold the payload', async () => {
      await rig.put('sources/sxs/readme.txt', 'nothing');
      expect((await rig.install(['NET-Framework-Core'], { source: sxs })).success).to.equal(false);

      await rig.put(netfx3, '{"lyncimg":"placeholder","path":"hotfixes/other.msu"}\n');
      expect((await rig.install(['NET-Framework-Core'], { source: sxs })).success).to.equal(false);

      await rig.put(netfx3, 'no cabinet');
      expect((await rig.install(['NET-Framework-Core'], { source: sxs })).success).to.equal(false);
    });

    it('fail with the payload of another system, and install with that of this one', async () => {
      const placeholder = (os: string): string =>
        `${JSON.stringify({ lyncimg: 'placeholder', path: netfx3.replace('sxs', `${os}/sxs`) })}\n`;
      await rig.put(netfx3, placeholder('2012'));
      expect((await rig.install(['NET-Framework-Core'], { source: sxs })).success).to.equal(false);

      await rig.put(netfx3, placeholder('2012r2'));
      expect((await rig.install(['NET-Framework-Core'], { source: sxs })).success).to.equal(true);
    });

    it('install from the placeholder, and from a cabinet', async () => {
      await rig.placeholder(netfx3);
      expect((await rig.install(['NET-Framework-Core'], { source: sxs })).success).to.equal(true);
      expect(rig.state('NET-Framework-Features')).to.equal('Installed');

      const other = await makeRig();
      await other.put(netfx3, Buffer.from('MSCF\0\0\0\0'));
      expect((await other.install(['NET-Framework-Core'], { source: 'e:/Sources/SXS' })).success).to.equal(
        true,
      );
      await other.close();
    });
  });

  describe('removing', () => {
    it('takes children and dependants along', async () => {
      await rig.install(['Web-Windows-Auth']);
      const answer = await rig.uninstall(['Web-WebServer']);

      expect(resultNames(answer)).to.deep.equal(['Web-WebServer', 'Web-Security', 'Web-Windows-Auth']);
      expect(rig.state('Web-Server')).to.equal('Installed');
    });

    it('of what is not there needs nothing', async () => {
      expect((await rig.uninstall(['Telnet-Client'])).exitCode).to.equal('NoChangeNeeded');
    });

    it('of SMB 1 waits for a restart', async () => {
      expect((await rig.uninstall(['FS-SMB1'])).restartNeeded).to.equal('Yes');
      expect(rig.state('FS-SMB1')).to.equal('UninstallPending');
      rig.restart();
      expect(rig.state('FS-SMB1')).to.equal('Available');
    });
  });

  it('bring their services once they are installed', async () => {
    expect(rig.machine.service('W3SVC')).to.equal(undefined);
    await rig.install(['Web-Server']);
    expect(rig.machine.service('w3svc')).to.include({ name: 'W3SVC', startMode: 'auto', state: 'running' });
  });
});
