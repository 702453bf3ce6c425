import { expect } from 'chai';
import { describe, it } from 'mocha';
import { hotfix } from '../../src/requirements/hotfix.js';
import type { HotfixInput } from '../../src/requirements/hotfix-spec.js';
import { os2008r2Of, osModelOf, packageOf, packagesOf } from '../helpers/os-model.js';
import { context, factsOf, nothing, os, requirementOf, specOf } from './kit.js';

const update = {
  kb: 'kb2919355',
  title: 'April 2014 update',
  file: 'Windows8.1-KB2919355-x64.msu',
  requires: ['KB2919442', 'feature/net-framework-core'],
  supersededBy: ['KB9999999'],
};
const listed = (...ids: string[]) => ({
  cim: { Win32_QuickFixEngineering: ids.map((id) => ({ HotFixID: id })) },
});
const problemOf = (input: HotfixInput, system = os) => {
  const resolved = hotfix.resolve(input, system);
  return resolved.ok ? undefined : resolved.problems[0];
};

describe('a hotfix', () => {
  it('is known by its KB number in capitals and comes after what it requires, of whatever kind', () => {
    const spec = specOf(hotfix, update);
    expect(hotfix.id(spec)).to.equal('hotfix/KB2919355');
    expect(hotfix.title(spec)).to.equal('Hotfix KB2919355 (April 2014 update)');
    expect(hotfix.after?.(spec)).to.deep.equal(['feature/NET-Framework-Core', 'hotfix/KB2919442']);
  });

  it('lies in the folder hotfixes of the media disc, with its checksum where known', () => {
    expect(hotfix.media?.(specOf(hotfix, update))).to.deep.equal([
      { path: 'hotfixes/Windows8.1-KB2919355-x64.msu', title: 'KB2919355 (April 2014 update)' },
    ]);
    const sha256 = 'AB'.repeat(32);
    expect(hotfix.media?.(specOf(hotfix, { ...update, sha256 }))[0]?.sha256).to.equal('ab'.repeat(32));
  });

  it('refuses a number that is none, a file with a folder, another sort of file, a wrong checksum', () => {
    // Of the two forms that it may be written in, the complaint of the mapping is among those of the whole.
    const complaints = (input: object): string =>
      JSON.stringify(hotfix.schema.safeParse(input).error?.issues);
    expect(complaints({ ...update, kb: '2919355' })).to.match(/A KB number/);
    for (const file of ['..\\x.msu', 'a/b.msu', 'x.exe', '.msu/'])
      expect(complaints({ ...update, file }), file).to.match(/\.msu file/);
    expect(complaints({ ...update, sha256: 'abc' })).to.match(/64 hexadecimal/);
    expect(complaints({ ...update, requires: ['Web-Server'] })).to.match(/KB number or an id/);
  });

  it('cannot require itself', () => {
    for (const itself of ['kb2919355', 'hotfix/kb2919355'])
      expect(problemOf({ ...update, requires: [itself] })?.path, itself).to.deep.equal(['requires']);
  });

  describe('of the catalogue', () => {
    const entry = packageOf('kb2919355', {
      file: 'Windows8.1-KB2919355-x64.msu',
      title: 'April 2014 update',
      sha256: 'ab'.repeat(32),
      sizeBytes: 727,
      published: 'Microsoft Download Center, 42334',
      url: 'https://download.microsoft.com/x.msu',
      licence: 'Microsoft software',
      requires: ['hotfix/KB2919442'],
      supersededBy: ['KB9999999'],
    });
    const system = osModelOf({
      packages: packagesOf([
        entry,
        packageOf('dotnet45', { type: 'exe', detect: [{ dotnetRelease: 378389 }] }),
      ]),
    });

    it('is named by its id or its number, in any case', () => {
      const spec = specOf(hotfix, 'kb2919355', system);
      expect(specOf(hotfix, 'KB2919355', system)).to.deep.equal(spec);
      expect(spec).to.deep.include({ kb: 'KB2919355', supersededBy: ['KB9999999'] });
      expect(hotfix.after?.(spec)).to.deep.equal(['hotfix/KB2919442']);
    });

    it('says of its file all that is known', () => {
      expect(hotfix.media?.(specOf(hotfix, 'KB2919355', system))).to.deep.equal([
        {
          path: 'hotfixes/Windows8.1-KB2919355-x64.msu',
          title: 'KB2919355 (April 2014 update)',
          sha256: 'ab'.repeat(32),
          sizeBytes: 727,
          published: 'Microsoft Download Center, 42334',
          url: 'https://download.microsoft.com/x.msu',
          licence: 'Microsoft software',
        },
      ]);
    });

    it('that is not for this Windows is refused with near names', () => {
      expect(problemOf('KB2919356', system)).to.deep.equal({
        path: [],
        message: 'The catalogue has no KB2919356 for Windows Server 2012 R2.',
        hint: 'Known there: kb2919355.',
        reason: 'invalid',
      });
      expect(problemOf('something', system)).not.to.have.property('hint');
    });

    it('that is an installer is refused with what to write', () => {
      expect(problemOf('dotnet45', system)?.message).to.equal(
        'dotnet45 is no update (.msu): write package: dotnet45',
      );
    });
  });

  it('is installed from the media, its number checked, with a restart of its own where it asks for one', () => {
    const [install, restart, ...more] = hotfix.tasks(
      [requirementOf(hotfix, specOf(hotfix, { ...update, supersededBy: [] }))],
      context,
    );
    expect(more).to.deep.equal([]);
    expect(install).to.deep.include({
      name: 'Install hotfix KB2919355',
      module: 'community.windows.win_hotfix',
      args: {
        hotfix_kb: 'KB2919355',
        source: '{{ lyncimg_media }}\\hotfixes\\Windows8.1-KB2919355-x64.msu',
        state: 'present',
      },
      register: 'lyncimg_kb2919355',
    });
    expect(install?.comments).to.include('Source: Additional software requirements, Microsoft, 2016-12-08');
    expect(restart?.when).to.equal('lyncimg_kb2919355.reboot_required');
  });

  it('that a later one may hold is installed only where neither is listed', () => {
    const [list, install, restart] = hotfix.tasks(
      [requirementOf(hotfix, specOf(hotfix, { ...update, supersededBy: ['KB9999999'] }))],
      context,
    );
    expect(list?.register).to.equal('lyncimg_hotfixes');
    expect(install?.when).to.equal(
      "lyncimg_hotfixes.stdout.split() | intersect(['KB2919355', 'KB9999999']) | length == 0",
    );
    expect(restart?.when).to.equal('lyncimg_kb2919355.reboot_required | default(false)');
  });

  describe('on 2008 R2, which has no DISM module for PowerShell', () => {
    const old = os2008r2Of();
    const name = 'Windows6.1-KB2533623-x64';
    const input = { kb: 'KB2533623', file: `${name}.msu`, supersededBy: ['KB3063858', 'KB2758857'] };
    const tasksOf = (...inputs: object[]) =>
      hotfix.tasks(
        inputs.map((one) => requirementOf(hotfix, specOf(hotfix, one, old))),
        { ...context, os: old },
      );
    const [list, folder, expand, install, stop, restart, remove, ...more] = tasksOf(input);
    const where = 'C:\\Windows\\Temp\\lyncimg-kb2533623';

    it('is expanded and added by Windows’ own programs', () => {
      expect(more).to.deep.equal([]);
      expect(folder?.args).to.deep.equal({ path: where, state: 'directory' });
      expect(expand?.args).to.deep.equal({
        argv: ['expand.exe', `-F:${name}.cab`, `{{ lyncimg_media }}\\hotfixes\\${name}.msu`, where],
        creates: `${where}\\${name}.cab`,
      });
      expect(install?.args).to.deep.equal({
        argv: [
          'dism.exe',
          '/online',
          '/add-package',
          `/packagepath:${where}\\${name}.cab`,
          '/quiet',
          '/norestart',
        ],
      });
      expect(remove?.args).to.deep.equal({ path: where, state: 'absent' });
    });

    it('is left alone where it or what took its place is listed, so that a second run changes nothing', () => {
      expect(list).to.deep.include({
        module: 'ansible.windows.win_command',
        args: { argv: ['wmic.exe', 'qfe', 'get', 'HotFixID'] },
        register: 'lyncimg_hotfixes',
        keywords: { changed_when: false },
      });
      const missing =
        "lyncimg_hotfixes.stdout.split() | intersect(['KB2533623', 'KB2758857', 'KB3063858']) | length == 0";
      for (const task of [folder, expand, install, remove]) expect(task?.when, task?.name).to.equal(missing);
    });

    it('fails on any exit code that is not known, and says so where it does not apply', () => {
      expect(install?.keywords).to.deep.equal({
        changed_when: true,
        failed_when: 'lyncimg_kb2533623.rc not in [0, 3010, 2148468766, -2146498530]',
      });
      expect(stop?.args['that']).to.deep.equal([
        'lyncimg_kb2533623.rc | default(0) not in [2148468766, -2146498530]',
      ]);
      expect(stop?.args['fail_msg']).to.match(/^KB2533623 does not apply/);
    });

    it('restarts where DISM asks for it alone', () => {
      expect(restart).to.include({
        module: 'ansible.windows.win_reboot',
        when: 'lyncimg_kb2533623.rc | default(0) == 3010',
      });
    });

    it('is found in a file that carries the SHA-1 of Microsoft’s servers in its name', () => {
      const file = `${name}_${'0a'.repeat(20)}.msu`;
      const [, , unpack] = tasksOf({ ...input, file });
      expect(unpack?.args['argv']).to.include(`-F:${name}.cab`);
    });

    it('asks for the list once, however many follow', () => {
      const names = tasksOf(input, { kb: 'KB974405', file: 'Windows6.1-KB974405-x64.msu' }).map(
        (task) => task.name,
      );
      expect(names.filter((one) => one === 'List the installed hotfixes')).to.have.length(1);
      expect(names).to.include('Install hotfix KB974405');
    });
  });

  it('is met where Windows lists it, or what took its place', () => {
    const spec = specOf(hotfix, update);
    expect(hotfix.judge(spec, factsOf(listed('File 1', 'KB2919355')))).to.include({ verdict: 'pass' });
    expect(hotfix.judge(spec, factsOf(listed('kb9999999')))).to.include({
      verdict: 'pass',
      actual: 'KB9999999 installed',
    });
  });

  it('is not met where it is not listed; the fix says that a superseded one may be missing', () => {
    const judgement = hotfix.judge(specOf(hotfix, update), factsOf(listed('KB2919442', 'KB29193551', '')));
    expect(judgement).to.include({ verdict: 'fail', actual: 'KB2919355 is not listed' });
    expect(judgement).to.have.property('fix').that.includes('supersededBy');
  });

  it('that shows in another way too is met by either', () => {
    const packages = packagesOf([packageOf('kb2506143', { detect: [{ powershell: '3.0' }] })]);
    const spec = specOf(hotfix, 'KB2506143', os2008r2Of({ packages }));
    const engine = 'HKLM\\SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine\\PowerShellVersion';
    const registry = (data: string) => ({ registry: { [engine]: { exists: true as const, data } } });
    expect(hotfix.judge(spec, factsOf({ ...listed('KB1'), ...registry('5.1.14409') })).verdict).to.equal(
      'pass',
    );
    expect(hotfix.judge(spec, factsOf(listed('KB2506143'))).verdict).to.equal('pass');
    expect(hotfix.judge(spec, factsOf({ ...listed('KB1'), ...registry('2.0') })).verdict).to.equal('fail');
    expect(hotfix.judge(spec, factsOf(listed('KB1'))).verdict).to.equal('unknown');
    expect(hotfix.judge(spec, nothing)).to.include({ verdict: 'unknown', cause: 'access denied' });
  });
});
