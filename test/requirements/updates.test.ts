import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CimRow, RegistryAnswer } from '../../src/requirements/index.js';
import type { UpdatesInput } from '../../src/requirements/updates-spec.js';
import { updates } from '../../src/requirements/updates.js';
import { os2008r2Of } from '../helpers/os-model.js';
import { context, factsOf, nothing, os, requirementOf, specOf } from './kit.js';

const tasksOf = (input: UpdatesInput, system = os) =>
  updates.tasks([requirementOf(updates, specOf(updates, input, system))], { ...context, os: system });

describe('updates', () => {
  it('are one requirement of a machine, wherever they come from', () => {
    for (const input of [{ from: 'microsoft' }, { from: 'wsus' }, { from: 'folder', files: ['KB2919442'] }])
      expect(updates.id(specOf(updates, input)), input.from).to.equal('updates/windows');
  });

  it('are the usual categories where none are named, and never .NET Framework 4.6 or later', () => {
    expect(
      specOf(updates, { from: 'microsoft', reject: ['KB890830'], required: ['kb2919355'] }),
    ).to.deep.equal({
      from: 'microsoft',
      categories: ['CriticalUpdates', 'SecurityUpdates', 'UpdateRollups'],
      accept: [],
      reject: ['^Microsoft \\.NET Framework 4\\.[6-9]', 'KB890830'],
      rounds: 10,
      required: ['KB2919355'],
    });
  });

  it('leave updates of a .NET Framework alone that is there', () => {
    const spec = specOf(updates, { from: 'microsoft' });
    const [pattern] = spec.from === 'folder' ? [] : spec.reject;
    const rejected = (title: string): boolean => new RegExp(pattern ?? '', 'i').test(title);
    expect(
      rejected('Microsoft .NET Framework 4.6.1 for Windows Server 2012 R2 for x64 (KB3102467)'),
    ).to.equal(true);
    expect(rejected('Microsoft .NET Framework 4.8 for Windows Server 2012 R2 for x64 (KB4486105)')).to.equal(
      true,
    );
    expect(rejected('Microsoft .NET Framework 4.5.2 for Windows Server 2008 R2 (KB2901983)')).to.equal(false);
    expect(
      rejected(
        'Security and Quality Rollup for .NET Framework 3.5, 4.5.2, 4.6, 4.6.1 for Windows 8.1 (KB4014587)',
      ),
    ).to.equal(false);
  });

  it('refuse what they cannot mean', () => {
    for (const input of [
      { from: 'internet' },
      { from: 'microsoft', files: ['KB2919442'] },
      { from: 'folder' },
      { from: 'folder', files: [] },
      { from: 'folder', files: ['KB2919442'], rounds: 3 },
      { from: 'wsus', rounds: 1 },
      { from: 'wsus', rounds: 1000 },
      { from: 'wsus', required: ['2919442'] },
      { from: 'wsus', categories: [] },
    ])
      expect(updates.schema.safeParse(input).success, JSON.stringify(input)).to.equal(false);
  });

  describe('by Windows Update', () => {
    const tasks = tasksOf({ from: 'wsus', rounds: 3, accept: ['KB1234567'] });
    const rounds = tasks.filter(({ module }) => module === 'ansible.windows.win_updates');

    it('are installed in rounds, of which there are so many and no more', () => {
      expect(rounds.map(({ name }) => name)).to.deep.equal(
        [1, 2, 3].map((round) => `Install what Windows Update finds, round ${round} of 3`),
      );
      for (const round of rounds)
        expect(round.args).to.deep.equal({
          server_selection: 'managed_server',
          category_names: ['CriticalUpdates', 'SecurityUpdates', 'UpdateRollups'],
          accept_list: ['KB1234567'],
          reject_list: ['^Microsoft \\.NET Framework 4\\.[6-9]'],
          state: 'installed',
          reboot: false,
        });
      expect(tasksOf({ from: 'microsoft' })[0]?.args).to.include({ server_selection: 'windows_update' });
    });

    it('end with the first round that finds nothing', () => {
      expect(rounds.map(({ when }) => when)).to.deep.equal([
        undefined,
        'lyncimg_updates.found_update_count | default(0) > 0',
        'lyncimg_updates.found_update_count | default(0) > 0',
      ]);
    });

    it('restart after a round where an update asks for it or failed', () => {
      const restarts = tasks.filter(({ module }) => module === 'ansible.windows.win_reboot');
      expect(restarts).to.have.length(3);
      for (const { when } of restarts)
        expect(when).to.equal(
          'lyncimg_updates.reboot_required | default(false) or lyncimg_updates.failed_update_count | default(0) > 0',
        );
    });

    it('fail at once where the search failed, and in the end where the last round still found some', () => {
      for (const { keywords } of rounds)
        expect(keywords).to.deep.equal({
          failed_when: 'lyncimg_updates is failed and lyncimg_updates.found_update_count | default(0) == 0',
        });
      expect(tasks.at(-1)).to.deep.include({
        module: 'ansible.builtin.assert',
        args: {
          that: ['lyncimg_updates.found_update_count | default(0) == 0'],
          fail_msg: 'Windows Update still found updates in round 3 of 3: see its results above.',
        },
      });
    });

    it('come after the settings that say where Windows Update asks', () => {
      const after = (input: UpdatesInput) => updates.after?.(specOf(updates, input));
      expect(after({ from: 'microsoft' })).to.deep.equal(['setting/winhttp-proxy']);
      expect(after({ from: 'wsus' })).to.deep.equal(['setting/winhttp-proxy', 'setting/wsus']);
    });

    it('need no file', () => {
      expect(updates.media?.(specOf(updates, { from: 'microsoft' }))).to.deep.equal([]);
    });
  });

  describe('from a folder', () => {
    const own = { kb: 'KB2932046', file: 'Windows8.1-KB2932046-x64.msu' };
    const input: UpdatesInput = { from: 'folder', files: ['KB2919355', own, 'kb2919442'] };

    it('are installed in the order in which they are written, as hotfixes are', () => {
      const names = tasksOf(input).map(({ name }) => name);
      expect(names.filter((name) => name.startsWith('Install'))).to.deep.equal(
        ['KB2919355', 'KB2932046', 'KB2919442'].map((kb) => `Install hotfix ${kb}`),
      );
      expect(names.filter((name) => name.startsWith('Restart'))).to.have.length(3);
      const system = os2008r2Of();
      const modules = tasksOf({ from: 'folder', files: [own] }, system).map(({ module }) => module);
      expect(modules)
        .to.include('ansible.windows.win_command')
        .and.not.include('community.windows.win_hotfix');
    });

    it('lie beside the hotfixes on the media disc', () => {
      expect(updates.media?.(specOf(updates, input)).map(({ path }) => path)).to.include.members([
        'hotfixes/Windows8.1-KB2932046-x64.msu',
        'hotfixes/Windows-KB2919442-x64.msu',
      ]);
    });

    it('come after what they require, unless it is among them', () => {
      expect(updates.after?.(specOf(updates, { from: 'folder', files: ['KB2919355'] }))).to.deep.equal([
        'hotfix/KB2919442',
      ]);
      expect(updates.after?.(specOf(updates, input))).to.deep.equal([]);
    });

    it('name each file once, and only such as there are', () => {
      const problemAt = (files: (UpdatesInput & { from: 'folder' })['files']) => {
        const resolved = updates.resolve({ from: 'folder', files }, os);
        return resolved.ok ? undefined : resolved.problems[0]?.path;
      };
      expect(problemAt(['KB2919442', 'kb2919442'])).to.deep.equal(['files', 1]);
      expect(problemAt(['KB2919442', 'KB1111111'])).to.deep.equal(['files', 1]);
      expect(problemAt([{ ...own, requires: [own.kb] }])).to.deep.equal(['files', 0, 'requires']);
    });
  });
});

describe('the judging of updates', () => {
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update';
  const record: RegistryAnswer = { exists: true, data: '2014-05-01 10:22:33' };
  const noKey: RegistryAnswer = { exists: false, missing: 'key' };
  interface Given {
    last?: RegistryAnswer | null;
    waits?: RegistryAnswer | null;
    listed?: string[];
  }
  const factsFrom = ({ last = record, waits = noKey, listed }: Given) => {
    const cim: Record<string, CimRow[]> =
      listed === undefined ? {} : { Win32_QuickFixEngineering: listed.map((HotFixID) => ({ HotFixID })) };
    return factsOf({
      cim,
      registry: {
        ...(last !== null && { [`${key}\\Results\\Install\\LastSuccessTime`]: last }),
        ...(waits !== null && { [`${key}\\RebootRequired`]: waits }),
      },
    });
  };
  const online = specOf(updates, { from: 'microsoft', required: ['KB2919355'] });
  const judge = (given: Given) => updates.judge(online, factsFrom(given));

  it('passes with the date of the last installation, and says what cannot be read', () => {
    expect(judge({ listed: ['KB2919355'] })).to.include({
      verdict: 'pass',
      actual:
        'KB2919355 installed; no restart pending; ' +
        'Windows Update last installed on 2014-05-01 10:22:33 UTC (whether newer updates are offered now cannot be read)',
    });
  });

  it('fails where a required one is missing, a restart is pending or nothing is on record', () => {
    expect(judge({ listed: ['KB2919442'] })).to.include({
      verdict: 'fail',
      actual: 'KB2919355 is not listed',
    });
    expect(judge({ listed: ['KB2919355'], waits: { exists: true } })).to.include({
      verdict: 'fail',
      actual: 'Windows Update waits for a restart',
    });
    for (const last of [
      noKey,
      { exists: false, missing: 'value' } as const,
      { exists: true, data: '' } as const,
    ])
      expect(judge({ listed: ['KB2919355'], last })).to.include({
        verdict: 'fail',
        actual: 'no installation by Windows Update is on record',
      });
  });

  it('is unknown where a question was not answered, unless another answer is enough to fail', () => {
    expect(judge({})).to.include({ verdict: 'unknown', cause: 'access denied' });
    expect(judge({ listed: ['KB2919355'], last: null }).verdict).to.equal('unknown');
    expect(judge({ listed: ['KB2919355'], waits: null }).verdict).to.equal('unknown');
    expect(judge({ waits: { exists: true } }).verdict).to.equal('fail');
    expect(updates.judge(online, nothing)).to.include({ cause: 'access denied' });
  });

  it('of a folder wants every file listed, or what took its place, and no record of Windows Update', () => {
    const file = 'Windows8.1-KB2932046-x64.msu';
    const spec = specOf(updates, {
      from: 'folder',
      files: ['KB2919442', { kb: 'KB2932046', file, supersededBy: ['KB3000850'] }],
    });
    const given = (...listed: string[]) => updates.judge(spec, factsFrom({ listed, last: null }));
    expect(given('KB2919442', 'KB2932046').verdict).to.equal('pass');
    expect(given('KB2919442', 'KB3000850').verdict).to.equal('pass');
    expect(given()).to.include({
      verdict: 'fail',
      actual: 'KB2919442 is not listed; KB2932046 is not listed',
    });
  });

  it('asks for the list of hotfixes only where it names one', () => {
    const kinds = (input: UpdatesInput) => updates.facts(specOf(updates, input)).map((query) => query.kind);
    expect(kinds({ from: 'microsoft' })).to.deep.equal(['registry', 'registry']);
    expect(kinds({ from: 'microsoft', required: ['KB2919355'] })).to.include('cim');
    expect(kinds({ from: 'folder', files: ['KB2919442'] })).to.deep.equal(['cim', 'registry']);
  });
});
