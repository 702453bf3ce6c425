// expand.exe, dism.exe and wusa.exe: how a hotfix comes to 2008 R2, where win_hotfix does not work.
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runProgram } from '../../../../src/twin/shell/programs/index.js';
import type { CommandResult } from '../../../../src/twin/shell/result.js';
import { makeRig, packageFile, type Rig } from '../../rig.js';

const os = '2008r2';
const folder = 'C:\\Windows\\Temp\\KB2646886';
const cabinet = `${folder}\\Windows6.1-KB2646886-x64.cab`;

describe('servicing by programs', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig(undefined, { os });
    for (const kb of ['KB2646886', 'KB974405', 'KB3020369', 'KB7654321'])
      await rig.placeholder(packageFile(kb, os));
    rig.machine.makeFolder(folder);
  });
  afterEach(() => rig.close());
  const run = (line: string): Promise<CommandResult | undefined> => runProgram(rig.machine, line, false);
  const expand = (kb: string): Promise<CommandResult | undefined> =>
    run(`expand.exe -F:* E:\\hotfixes\\Windows6.1-${kb}-x64.msu ${folder}`);
  const add = (path: string, more = '/quiet /norestart'): Promise<CommandResult | undefined> =>
    run(`dism.exe /online /add-package /packagepath:${path} ${more}`);

  describe('expand.exe', () => {
    it('unpacks the package and what Windows Update wants to know of it', async () => {
      expect((await expand('KB2646886'))?.stdout).to.contain('2 files total.');
      expect(await rig.machine.listFolder(folder)).to.have.members([
        'WSUSSCAN.cab',
        'Windows6.1-KB2646886-x64.cab',
      ]);
    });

    it('takes only what the pattern names', async () => {
      await run(`expand.exe -F:*kb*.CAB E:\\${packageFile('KB2646886', os)} ${folder}`);
      expect(await rig.machine.listFolder(folder)).to.deep.equal(['Windows6.1-KB2646886-x64.cab']);
    });

    it('names the package without the hash of its file', async () => {
      const path = 'hotfixes/windows6.1-kb2646886-x64_e6f4da4d33564419065a7370865faacf9b40ff72.msu';
      await rig.placeholder(path);
      await run(`expand.exe -F:*kb* E:\\${path} ${folder}`);
      expect(await rig.machine.listFolder(folder)).to.deep.equal(['windows6.1-kb2646886-x64.cab']);
    });

    it('needs a file and a folder', async () => {
      expect(await expand('KB1111111')).to.include({ exitCode: 1 });
      expect(await run(`expand -F:* E:\\${packageFile('KB2646886', os)} C:\\none`)).to.include({
        exitCode: 1,
      });
      expect(await run('expand -F:* E:\\x.msu')).to.equal(undefined);
      expect(await run(`expand E:\\x.msu ${folder}`)).to.equal(undefined);
    });
  });

  describe('dism.exe', () => {
    it('adds a package, and says 3010 where a restart is needed', async () => {
      await expand('KB2646886');
      expect(await add(cabinet)).to.deep.equal({ stdout: '', stderr: '', exitCode: 3010 });
      expect(rig.machine.isRebootPending()).to.equal(true);

      rig.restart();
      expect(await add(cabinet, '/norestart')).to.include({ exitCode: 0 });
      expect(rig.machine.installedHotfixes().map(({ kb }) => kb)).to.include('KB2646886');
      expect((await run('dism /online /get-packages'))?.stdout).to.contain(
        'Package Identity : Package_for_KB2646886~31bf3856ad364e35~amd64~~6.1.1.0\r\nState : Installed',
      );
    });

    it('restarts by itself where it is quiet and nobody forbids it', async () => {
      await expand('KB2646886');
      expect(await add(cabinet, '')).to.equal(undefined);
      expect(await add(cabinet, '/quiet')).to.include({ exitCode: 3010 });
      rig.time.pass(10_000);
      expect(rig.machine.state.power.boots).to.equal(2);
    });

    // CBS_E_NOT_APPLICABLE; Windows' exit codes are unsigned
    it('refuses a package that does not apply', async () => {
      await expand('KB974405');
      const refused = await add(`${folder}\\Windows6.1-KB974405-x64.cab`);
      expect(refused).to.include({ exitCode: 0x800f081e });
      expect(refused?.stdout).to.contain('Error: 0x800f081e').and.to.contain('not applicable');
    });

    it('refuses one that must be alone while a restart is pending', async () => {
      await rig.close();
      rig = await makeRig(undefined, { os, beforeFirstBoot: true });
      for (const kb of ['KB2646886', 'KB3020369']) await rig.placeholder(packageFile(kb, os));
      rig.machine.makeFolder(folder);
      await expand('KB2646886');
      await expand('KB3020369');
      await add(cabinet);
      expect(await add(`${folder}\\Windows6.1-KB3020369-x64.cab`)).to.include({ exitCode: 0x80070bc9 });
    });

    it('needs a package, unpacked and known', async () => {
      await expand('KB7654321');
      expect(await add('C:\\none.cab')).to.include({ exitCode: 2 });
      expect(await add(`E:\\${packageFile('KB2646886', os)}`)).to.include({ exitCode: 50 });
      expect(await add(`${folder}\\WSUSSCAN.cab`)).to.include({ exitCode: 0x8007000d });
      expect((await add(`${folder}\\Windows6.1-KB7654321-x64.cab`))?.stderr).to.equal(
        'the twin does not model the package KB7654321\r\n',
      );
    });

    it('knows no other forms', async () => {
      for (const line of [
        '',
        '/online',
        '/online /enable-feature',
        '/image:C:\\x /get-packages',
        '/online /add-package',
      ])
        expect(await run(`dism ${line}`), line).to.equal(undefined);
    });
  });

  // AutoSPInstaller: wusa fails in remote sessions with access denied
  it('is refused to wusa.exe, which comes over the network', async () => {
    expect(await run(`wusa.exe E:\\${packageFile('KB2646886', os)} /quiet /norestart`)).to.include({
      exitCode: 5,
    });
    expect(rig.machine.isRebootPending()).to.equal(false);
  });
});
