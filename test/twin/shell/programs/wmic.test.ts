import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runProgram } from '../../../../src/twin/shell/programs/index.js';
import { makeRig, packageFile, type Rig } from '../../rig.js';

describe('wmic.exe', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig(undefined, { os: '2008r2' });
  });
  afterEach(() => rig.close());

  it('lists the hotfixes that are installed, as Win32_QuickFixEngineering does', async () => {
    const sourcePath = `E:\\${packageFile('KB974405', '2008r2')}`;
    await rig.placeholder(packageFile('KB974405', '2008r2'));
    await rig.machine.installFeatures({
      names: ['NET-Framework-Core'],
      source: null,
      whatIf: false,
    } as never);
    const before = await runProgram(rig.machine, 'wmic.exe qfe get HotFixID', false);
    await rig.machine.installHotfix({ sourcePath, kb: null, identifier: null, whatIf: false });

    const after = await runProgram(rig.machine, 'wmic.exe qfe get HotFixID', false);

    expect(before?.stdout.split(/\s+/)).to.not.include('KB974405');
    expect(after).to.include({ exitCode: 0 });
    expect(after?.stdout.split(/\s+/)).to.include.members(['HotFixID', 'KB974405']);
  });

  it('is not modelled for anything else', async () => {
    for (const line of ['wmic os get Caption', 'wmic qfe list', 'wmic qfe get HotFixID,InstalledOn', 'wmic'])
      expect(await runProgram(rig.machine, line, false), line).to.equal(undefined);
  });
});
