// Windows Update, as a specification. Evidence of each rule: docs/fidelity.md.
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { findHotfix } from '../../src/twin/hotfix-table.js';
import type { UpdateServer, UpdateView } from '../../src/twin/outcomes.js';
import { updateTable } from '../../src/twin/update-table.js';
import { makeRig, type Rig } from './rig.js';

const policy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate';
const autoUpdate = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update';

describe('Windows Update of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  const offered = (server: UpdateServer = 'default'): UpdateView[] => {
    const found = rig.machine.searchUpdates(server);
    if (!found.ok) throw new Error(found.hresult);
    return found.updates;
  };
  const kbs = (server?: UpdateServer): string[] => offered(server).map(({ kb }) => kb);
  const installAll = (): string[] => {
    const ids = offered().map(({ id }) => id);
    rig.machine.downloadUpdates(ids);
    const run = rig.machine.installUpdates(ids);
    if (!run.ok) throw new Error(run.hresult);
    expect(run.results.filter(({ hresult }) => hresult !== null)).to.deep.equal([]);
    return offered().map(({ kb }) => kb);
  };
  const wsus = (): void => {
    rig.machine.setRegistryValue(policy, 'WUServer', { type: 'string', data: 'http://wsus.example:8530' });
    rig.machine.setRegistryValue(`${policy}\\AU`, 'UseWUServer', { type: 'dword', data: '1' });
  };
  /** Rounds of all that is offered, each with a restart where one is asked for. */
  const rounds = (): string[][] => {
    const done: string[][] = [];
    for (let next = kbs(); next.length > 0; next = kbs()) {
      done.push(next);
      installAll();
      if (rig.machine.isUpdateRestartPending()) rig.restart();
    }
    return done;
  };

  it('has each update once, and a package of servicing behind it where it is one', () => {
    expect(new Set(updateTable.map(({ id }) => id)).size).to.equal(updateTable.length);
    for (const { kb, os, apart } of updateTable)
      if (apart === null) expect(findHotfix(kb, os)?.os, `${kb} on ${os}`).to.equal(os);
  });

  const wanted: Record<string, string[][]> = {
    '2008r2': [
      ['KB4490628'],
      ['KB4474419', 'KB2992611', 'KB3042058', 'KB890830', 'KB4503548'],
      ['KB4534310'],
    ],
    '2012': [['KB3173426'], ['KB2992611', 'KB3042058', 'KB890830', 'KB4486081'], ['KB5031442']],
    '2012r2': [
      ['KB2919442'],
      ['KB2919355'],
      ['KB3173424'],
      ['KB2992611', 'KB3042058', 'KB890830', 'KB4486105'],
      ['KB5031419'],
    ],
  };
  for (const [os, expected] of Object.entries(wanted)) {
    it(`takes a ${os} several rounds, and then has nothing left`, async () => {
      await rig.close();
      rig = await makeRig(undefined, { os, beforeFirstBoot: true });

      expect(rounds()).to.deep.equal(expected);

      expect(kbs()).to.deep.equal([]);
      expect(rig.machine.state.dotNet?.release).to.equal(528_049);
      expect(rig.machine.installedHotfixes().map(({ kb }) => kb)).to.include(expected.at(-1)?.[0]);
      expect(rig.machine.installedHotfixes().map(({ kb }) => kb)).to.not.include('KB890830');
    });
  }

  it('still offers what waits for a restart, and says so', () => {
    installAll();
    installAll();

    expect(offered()).to.have.lengthOf(1);
    expect(offered()[0]).to.include({ kb: 'KB2919355', restartPending: true, exclusive: true });
    expect(rig.machine.registryKeyExists(`${autoUpdate}\\RebootRequired`)).to.equal(true);
    rig.restart();
    expect(rig.machine.registryKeyExists(`${autoUpdate}\\RebootRequired`)).to.equal(false);
    expect(kbs()).to.deep.equal(['KB3173424']);
  });

  it('writes down when it last installed something', () => {
    expect(rig.machine.registryValue(`${autoUpdate}\\Results\\Install`, 'LastSuccessTime')).to.equal(
      undefined,
    );
    installAll();
    expect(rig.machine.registryValue(`${autoUpdate}\\Results\\Install`, 'LastSuccessTime')?.data).to.equal(
      '2026-03-01 08:00:00',
    );
  });

  it('installs what is downloaded only', () => {
    const ids = offered().map(({ id }) => id);
    expect(rig.machine.installUpdates(ids)).to.deep.equal({
      ok: true,
      results: [{ id: ids[0], hresult: '0x80246007', restartRequired: false }],
    });
    rig.machine.downloadUpdates(ids);
    expect(offered()[0]).to.include({ downloaded: true });
    expect(rig.machine.installUpdates(ids)).to.deep.include({ ok: true });
    expect(rig.machine.state.updates.downloaded).to.deep.equal([]);
  });

  // wuerror.h: "… or the system was pending a mandatory restart" (medium)
  it('installs nothing while servicing waits for a restart for another reason', async () => {
    await rig.install(['Server-Media-Foundation']);
    const ids = offered().map(({ id }) => id);
    rig.machine.downloadUpdates(ids);
    expect(rig.machine.isUpdateRestartPending()).to.equal(false);
    expect(rig.machine.installUpdates(ids)).to.deep.equal({ ok: false, hresult: '0x80240016' });
  });

  it('knows what came by another way', async () => {
    await rig.placeholder('hotfixes/Windows8.1-KB2919442-x64.msu');
    await rig.hotfix('KB2919442');
    expect(kbs()).to.deep.equal(['KB2919355']);
  });

  it('of a WSUS has no optional updates; Microsoft’s own still has', () => {
    for (let round = 0; round < 3; round++) {
      installAll();
      rig.restart();
    }
    wsus();

    expect(kbs()).to.not.include('KB4486105');
    expect(kbs('managed')).to.deep.equal(kbs());
    expect(kbs('windows-update')).to.include('KB4486105');
  });

  for (const [what, prepare, server, hresult] of [
    ['without a WSUS that is asked for', () => undefined, 'managed', '0x80244011'],
    [
      'without a way to the server',
      (each: Rig) => (each.machine.state.updates.offline = true),
      'default',
      '0x8024402C',
    ],
    [
      'where its service is disabled',
      (each: Rig) => each.machine.changeService('wuauserv', { startMode: 'disabled' }, false),
      'default',
      '0x80070422',
    ],
  ] as const) {
    it(`fails ${what}`, () => {
      prepare(rig);
      expect(rig.machine.searchUpdates(server)).to.deep.equal({ ok: false, hresult });
    });
  }
});
