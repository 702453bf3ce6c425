// Packages and servicing, as a specification. Evidence of each rule: docs/fidelity.md.
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { hotfixTable } from '../../src/twin/hotfix-table.js';
import { makeRig, packageFile, type Rig } from './rig.js';

const msu = (kb: string): string => `hotfixes/Windows8.1-${kb}-x64.msu`;
const kb442 = 'KB2919442';
const kb355 = 'KB2919355';

describe('hotfixes of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
    for (const kb of [kb442, kb355, 'KB2932046', 'KB2858668']) await rig.placeholder(msu(kb));
  });
  afterEach(() => rig.close());

  it('are each in the table once for a system, with a source', () => {
    expect(new Set(hotfixTable.map(({ kb, os }) => `${kb} ${os}`)).size).to.equal(hotfixTable.length);
    for (const entry of hotfixTable) expect(entry.source, entry.kb).to.not.equal('');
  });

  // Microsoft KB2919355: KB2919442 first (high)
  it('KB2919355 does not apply before KB2919442', async () => {
    const outcome = await rig.hotfix(kb355);

    expect(outcome).to.include({ ok: false, reason: 'not-applicable' });
    expect(rig.machine.state.hotfixes).to.deep.equal([]);
    expect(rig.machine.state.journal.at(-1)?.text).to.contain('KB2919442 must be installed first');
  });

  // servicing stack updates need no restart (medium); the 2014 Update does (high)
  it('install in Microsoft’s order; the second waits for a restart', async () => {
    expect(await rig.hotfix(kb442)).to.include({ ok: true, changed: true, restartNeeded: false });
    expect(rig.machine.isRebootPending()).to.equal(false);

    expect(await rig.hotfix(kb355)).to.include({ ok: true, changed: true, restartNeeded: true });
    expect(rig.machine.state.pendingReboot).to.deep.equal(['hotfix KB2919355']);
    expect((await rig.machine.packageInfo(`E:\\${msu(kb355)}`)).ok).to.equal(true);

    rig.restart();
    expect(rig.machine.state.hotfixes.map(({ state }) => state)).to.deep.equal(['installed', 'installed']);
    expect(rig.machine.isRebootPending()).to.equal(false);
  });

  it('that only wait for a restart are no prerequisite yet', async () => {
    await rig.hotfix(kb442);
    await rig.hotfix(kb355);
    expect(await rig.hotfix('KB2932046')).to.include({ ok: false, reason: 'not-applicable' });
    rig.restart();
    expect(await rig.hotfix('KB2932046')).to.include({ ok: true, changed: true });
  });

  it('that are there already change nothing, and say when they still wait', async () => {
    await rig.hotfix(kb442);
    expect(await rig.hotfix(kb442)).to.include({ ok: true, changed: false, restartNeeded: false });
    await rig.hotfix(kb355);
    expect(await rig.hotfix(kb355)).to.include({ ok: true, changed: false, restartNeeded: true });
  });

  it('of another OS do not apply', async () => {
    expect(await rig.hotfix('KB2858668')).to.include({ ok: false, reason: 'not-applicable' });
  });

  // exclusive packages of servicing (medium)
  it('that servicing takes alone are refused while a restart is pending', async () => {
    await rig.install(['Server-Media-Foundation']);
    expect(await rig.hotfix(kb442)).to.include({ ok: false, reason: 'restart-pending' });
    rig.restart();
    expect(await rig.hotfix(kb442)).to.include({ ok: true });
  });

  it('in check mode say what would be and change nothing', async () => {
    const before = structuredClone(rig.machine.state);
    expect(await rig.hotfix(kb442, { whatIf: true })).to.include({ ok: true, changed: true });
    expect(rig.machine.state).to.deep.equal(before);
  });

  it('must be the package that the caller names', async () => {
    const sourcePath = `E:\\${msu(kb442)}`;
    const wrongKb = await rig.machine.installHotfix({
      sourcePath,
      kb: kb355,
      identifier: null,
      whatIf: false,
    });
    const wrongName = await rig.machine.installHotfix({
      sourcePath,
      kb: null,
      identifier: 'Package_for_KB1',
      whatIf: false,
    });

    expect(wrongKb).to.include({ ok: false, reason: 'kb-mismatch' });
    expect(wrongName).to.include({ ok: false, reason: 'identifier-mismatch' });
  });

  it('need a file, and one that is a package', async () => {
    await rig.put(msu('KB1111111'), 'a text file');
    await rig.placeholder(msu('KB7654321'));

    expect(await rig.hotfix('KB0000000')).to.include({ ok: false, reason: 'not-a-file' });
    expect(await rig.hotfix('KB1111111')).to.include({ ok: false, reason: 'not-a-package' });
    const unknown = await rig.hotfix('KB7654321');
    expect(unknown).to.include({ ok: false, reason: 'not-a-package' });
    if (!unknown.ok) expect(unknown.error.message).to.equal('the twin does not model the package KB7654321');
  });

  it('take a real package by its file name', async () => {
    await rig.put(msu(kb442), Buffer.from('MSCF\0\0\0\0'));
    expect(await rig.hotfix(kb442)).to.include({ ok: true, changed: true });
  });

  describe('of 2008 R2', () => {
    const os = '2008r2';
    beforeEach(async () => {
      await rig.close();
      rig = await makeRig(undefined, { os });
      for (const kb of ['KB974405', 'KB2842230', 'KB2646886', 'KB2533623', 'KB3063858', 'KB3020369'])
        await rig.placeholder(packageFile(kb, os));
    });

    // WIF needs .NET 3.5
    it('may need a feature', async () => {
      expect(await rig.hotfix('KB974405')).to.include({ ok: false, reason: 'not-applicable' });
      await rig.install(['NET-Framework-Core']);
      expect(await rig.hotfix('KB974405')).to.include({ ok: true, changed: true, restartNeeded: false });
    });

    it('may need WMF 3.0, which first boot has brought', async () => {
      expect(await rig.hotfix('KB2842230')).to.include({ ok: true, changed: true });
    });

    it('do not apply, and no longer show, where a later one holds them', async () => {
      await rig.hotfix('KB2533623');
      await rig.hotfix('KB3063858');
      rig.restart();

      expect(rig.machine.installedHotfixes().map(({ kb }) => kb)).to.include('KB3063858');
      expect(rig.machine.installedHotfixes().map(({ kb }) => kb)).to.not.include('KB2533623');
      const superseded = rig.machine.servicedPackages().filter(({ state }) => state === 'Superseded');
      expect(superseded.map(({ identifier }) => identifier)).to.deep.equal([
        'Package_for_KB2533623~31bf3856ad364e35~amd64~~6.1.1.1',
      ]);
      // KB4490628 holds it.
      expect(await rig.hotfix('KB3020369')).to.include({ ok: false, reason: 'not-applicable' });
    });
  });

  it('of 2008 R2 do not apply to 2012, by the number or by the name of the package', async () => {
    await rig.close();
    rig = await makeRig(undefined, { os: '2012' });
    await rig.placeholder(packageFile('KB974405', '2008r2'));
    await rig.placeholder(packageFile('KB2842230', '2008r2'));
    await rig.placeholder(packageFile('KB2842230', '2012'));
    const add = (path: string): ReturnType<Rig['machine']['installHotfix']> =>
      rig.machine.installHotfix({ sourcePath: `E:\\${path}`, kb: null, identifier: null, whatIf: false });

    expect(await add(packageFile('KB974405', '2008r2'))).to.include({ reason: 'not-applicable' });
    expect(await add(packageFile('KB2842230', '2008r2'))).to.include({ reason: 'not-applicable' });
    expect(await add(packageFile('KB2842230', '2012'))).to.include({ ok: true, changed: true });
  });

  // Server Manager and servicing wait for one another (high); files in use of an installer are no business of theirs
  it('do not wait for an installer', async () => {
    rig.machine.state.pendingReboot.push('package Something');
    expect(await rig.hotfix(kb442)).to.include({ ok: true, changed: true });
  });
});
