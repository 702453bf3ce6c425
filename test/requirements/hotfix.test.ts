import { expect } from 'chai';
import { describe, it } from 'mocha';
import { hotfix } from '../../src/requirements/hotfix.js';
import { context, factsOf, os, refusals, requirementOf, specOf } from './kit.js';

const update = {
  kb: 'kb2919355',
  title: 'April 2014 update',
  file: 'Windows8.1-KB2919355-x64.msu',
  requires: ['KB2919442'],
  supersededBy: ['KB9999999'],
};
const listed = (...ids: string[]) => ({
  cim: { Win32_QuickFixEngineering: ids.map((id) => ({ HotFixID: id })) },
});

describe('a hotfix', () => {
  it('is known by its KB number in capitals and comes after what it requires', () => {
    const spec = specOf(hotfix, update);
    expect(hotfix.id(spec)).to.equal('hotfix/KB2919355');
    expect(hotfix.title(spec)).to.equal('Hotfix KB2919355 (April 2014 update)');
    expect(hotfix.after?.(spec)).to.deep.equal(['hotfix/KB2919442']);
  });

  it('lies in the folder hotfixes of the media disc, with its checksum where known', () => {
    expect(hotfix.media?.(specOf(hotfix, update))).to.deep.equal([
      { path: 'hotfixes/Windows8.1-KB2919355-x64.msu', title: 'KB2919355 (April 2014 update)' },
    ]);
    const sha256 = 'AB'.repeat(32);
    expect(hotfix.media?.(specOf(hotfix, { ...update, sha256 }))[0]?.sha256).to.equal('ab'.repeat(32));
  });

  it('refuses a number that is none, a file with a folder, another sort of file, a wrong checksum', () => {
    expect(refusals(hotfix, { ...update, kb: '2919355' })).to.match(/KB number/);
    for (const file of ['..\\x.msu', 'a/b.msu', 'x.exe', '.msu/'])
      expect(refusals(hotfix, { ...update, file }).join(), file).to.match(/\.msu file/);
    expect(refusals(hotfix, { ...update, sha256: 'abc' })).to.match(/64 hexadecimal/);
  });

  it('cannot require itself', () => {
    const resolved = hotfix.resolve({ ...update, requires: ['kb2919355'] }, os);
    expect(resolved).to.have.nested.property('problems[0].path').that.deep.equals(['requires']);
  });

  it('is refused where Windows has no DISM module for PowerShell', () => {
    const old = { ...os, id: '2008r2', title: 'Windows Server 2008 R2', version: '6.1.7601' } as const;
    const resolved = hotfix.resolve(update, old);
    expect(resolved.ok).to.equal(false);
    expect(hotfix.resolve(update, { ...os, version: '6.2.9200' }).ok).to.equal(true);
    expect(hotfix.resolve(update, { ...os, version: '10.0.14393' }).ok).to.equal(true);
  });

  it('is installed from the media, its number checked, with a restart of its own where it asks for one', () => {
    const [install, restart] = hotfix.tasks([requirementOf(hotfix, specOf(hotfix, update))], context);
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
    expect(install?.comments).to.include('Source: Additional software requirements, 2016-12-08');
    expect(restart?.when).to.equal('lyncimg_kb2919355.reboot_required');
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
    const judgement = hotfix.judge(specOf(hotfix, update), factsOf(listed('KB2919442')));
    expect(judgement).to.include({ verdict: 'fail', actual: 'KB2919355 is not listed' });
    expect(judgement).to.have.property('fix').that.includes('supersededBy');
  });
});
