import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Detection, OsModel, RegistryAnswer } from '../../src/requirements/index.js';
import type { PackageInput } from '../../src/requirements/package-spec.js';
import { packageKind } from '../../src/requirements/package.js';
import { os2008r2Of, packageOf, packagesOf } from '../helpers/os-model.js';
import { context, factsOf, nothing, os, requirementOf, specOf } from './kit.js';

const product = '{2F6A1B0C-5D11-4E0B-9C5E-3B8E0A6C7D21}';
const agent = {
  id: 'agent',
  title: 'Contoso agent',
  type: 'msi' as const,
  file: 'Agent 5.2.msi',
  sha256: 'AB'.repeat(32),
  arguments: ['SERVER=monitor.contoso.com'],
  exitCodes: [1641],
  requires: ['kb2919355', 'feature/web-server', 'package/OTHER'],
  detect: [{ uninstall: product }],
};
const dotnet45 = packageOf('dotnet45', {
  type: 'exe',
  file: 'dotnetfx45_full_x86_x64.exe',
  title: '.NET Framework 4.5',
  arguments: ['/q', '/norestart'],
  detect: [{ dotnetRelease: 378389 }],
  licence: 'Microsoft software',
});
const old = os2008r2Of({ packages: packagesOf([dotnet45, packageOf('kb2506143')]) });

const problemOf = (input: PackageInput, system: OsModel = os) => {
  const resolved = packageKind.resolve(input, system);
  return resolved.ok ? undefined : resolved.problems[0];
};
const complaints = (input: unknown): string =>
  JSON.stringify(packageKind.schema.safeParse(input).error?.issues ?? null);
const tasksOf = (input: unknown, system: OsModel = os) =>
  packageKind.tasks([requirementOf(packageKind, specOf(packageKind, input, system))], {
    ...context,
    os: system,
  });

describe('a package', () => {
  it('is known by its id and comes after what it requires', () => {
    const spec = specOf(packageKind, agent);
    expect(packageKind.id(spec)).to.equal('package/agent');
    expect(packageKind.title(spec)).to.equal('Package agent (Contoso agent)');
    expect(packageKind.after?.(spec)).to.deep.equal([
      'feature/Web-Server',
      'hotfix/KB2919355',
      'package/other',
    ]);
  });

  it('without an id is called as its file is', () => {
    const { id, ...nameless } = agent;
    expect(packageKind.id(specOf(packageKind, nameless)))
      .to.equal('package/agent-5.2')
      .and.not.equal(id);
  });

  it('lies in the folder packages of the media disc', () => {
    expect(packageKind.media?.(specOf(packageKind, agent))).to.deep.equal([
      { path: 'packages/Agent 5.2.msi', title: 'Contoso agent', sha256: 'ab'.repeat(32) },
    ]);
  });

  it('of the catalogue is all that the catalogue says', () => {
    const spec = specOf(packageKind, 'DotNet45', old);
    expect(spec).to.deep.include({ id: 'dotnet45', arguments: ['/q', '/norestart'] });
    expect(packageKind.media?.(spec)).to.deep.equal([
      {
        path: 'packages/dotnetfx45_full_x86_x64.exe',
        title: '.NET Framework 4.5',
        licence: 'Microsoft software',
      },
    ]);
  });

  it('that the catalogue does not have for this Windows is refused with near names', () => {
    expect(problemOf('dotnet46', old)).to.deep.equal({
      path: [],
      message: 'The catalogue has no dotnet46 for Windows Server 2008 R2.',
      hint: 'Known there: dotnet45.',
      reason: 'invalid',
    });
  });

  it('that is an update is refused with what to write', () => {
    expect(problemOf('KB2506143', old)?.message).to.equal(
      'kb2506143 is an update (.msu): write hotfix: kb2506143',
    );
  });

  it('cannot require itself, lie in a folder, be of another type than its file, or leave no trace', () => {
    expect(problemOf({ ...agent, requires: ['package/agent'] })?.path).to.deep.equal(['requires']);
    expect(complaints({ ...agent, file: '..\\agent.msi' })).to.match(/without a folder/);
    expect(complaints({ ...agent, file: 'agent.exe' })).to.match(/another type/);
    expect(complaints({ ...agent, detect: [] })).to.match(/how it shows/);
    expect(complaints({ ...agent, id: 'A B' })).to.match(/small letters/);
    expect(complaints(agent)).to.equal('null');
  });

  it('is installed from the media with its arguments and exit codes, and restarts where it asks for it', () => {
    const [install, restart, ...more] = tasksOf(agent);
    expect(more).to.deep.equal([]);
    expect(install).to.deep.include({
      name: 'Install package agent',
      module: 'ansible.windows.win_package',
      args: {
        path: '{{ lyncimg_media }}\\packages\\Agent 5.2.msi',
        arguments: ['SERVER=monitor.contoso.com'],
        expected_return_code: [0, 3010, 1641],
        state: 'present',
        product_id: product,
      },
      register: 'lyncimg_package_agent',
    });
    expect(install?.comments).to.include('Package agent (Contoso agent)');
    expect(restart?.when).to.equal('lyncimg_package_agent.reboot_required | default(false)');
  });

  it('is not installed over a later .NET, which the playbook asks for first', () => {
    const [ask, install] = tasksOf('dotnet45', old);
    expect(ask).to.deep.include({
      module: 'ansible.windows.win_reg_stat',
      args: { path: 'HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full', name: 'Release' },
      register: 'lyncimg_package_dotnet45_before_1',
    });
    expect(ask?.comments).not.to.be.empty;
    expect(install?.comments).to.be.empty;
    expect(install?.when).to.equal('lyncimg_package_dotnet45_before_1.value | default(0) | int < 378389');
    expect(install?.args).not.to.have.any.keys('product_id', 'creates_path');
  });

  describe('is installed where verification would not find it:', () => {
    const guard = (type: 'msi' | 'exe', ...detect: Detection[]) => {
      const tasks = tasksOf({ ...agent, type, file: `agent.${type}`, detect });
      const install = tasks.find(({ module }) => module.endsWith('win_package'));
      const { product_id, creates_path, creates_version } = install?.args ?? {};
      const args = Object.entries({ product_id, creates_path, creates_version }).filter(([, value]) => value);
      return { when: install?.when, args: Object.fromEntries(args), questions: tasks.length - 2 };
    };
    const before = (index: number): string => `lyncimg_package_agent_before_${index}.value`;

    it('by a version of the uninstall key, in both views', () => {
      expect(guard('exe', { uninstall: 'Agent', minVersion: '5.2' })).to.deep.equal({
        when: [1, 2].map((index) => `${before(index)} | default('0') is version('5.2', '<')`).join(' and '),
        args: {},
        questions: 2,
      });
    });

    it('by the uninstall key of one view, where the bits matter', () => {
      expect(guard('exe', { uninstall: 'Agent', view: 64 })).to.deep.equal({
        when: `${before(1)} | default('') == ''`,
        args: {},
        questions: 1,
      });
    });

    it('by a file', () => {
      const file = 'C:\\Agent\\agent.exe';
      expect(guard('exe', { file }).args).to.deep.equal({ creates_path: file });
      expect(guard('exe', { file, minVersion: '5.2.0.0' }).args).to.deep.equal({
        creates_path: file,
        creates_version: '5.2.0.0',
      });
    });

    it('by PowerShell or a value of the registry', () => {
      expect(guard('exe', { powershell: '3.0' }).when).to.equal(
        `${before(1)} | default('0') is version('3.0', '<')`,
      );
      const registry = { path: 'HKLM\\SOFTWARE\\Contoso', name: 'Install', type: 'dword', data: 1 } as const;
      expect(guard('exe', { registry }).when).to.equal(`${before(1)} | default('') | string != '1'`);
    });

    it('by the first detection that is no guess; a guess serves an .exe alone, for want of better', () => {
      const guess = { uninstall: 'Agent', doubtful: true };
      const sure = { uninstall: product };
      expect(guard('exe', guess, sure).args).to.deep.equal({ product_id: product });
      expect(guard('exe', guess).args).to.deep.equal({ product_id: 'Agent' });
      expect(guard('msi', guess)).to.deep.equal({ when: undefined, args: {}, questions: 0 });
    });
  });

  describe('is judged by what shows it', () => {
    const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
    const key32 = 'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
    const missing: RegistryAnswer = { exists: false, missing: 'key' };
    const there: RegistryAnswer = { exists: true, data: 'Contoso agent 5.2' };
    const judge = (detect: Detection[], registry: Record<string, RegistryAnswer>) =>
      packageKind.judge(specOf(packageKind, { ...agent, detect }), factsOf({ registry }));
    const at = (name: string, answer: RegistryAnswer): Record<string, RegistryAnswer> => ({
      [`${key}\\${name}\\DisplayName`]: answer,
      [`${key32}\\${name}\\DisplayName`]: missing,
    });

    it('any of which will do', () => {
      const either = [{ uninstall: 'A' }, { uninstall: 'B' }];
      expect(judge(either, { ...at('A', missing), ...at('B', there) })).to.deep.equal({
        verdict: 'pass',
        expected: 'Contoso agent installed',
        actual: 'Contoso agent 5.2',
      });
      expect(judge(either, at('B', there)).verdict).to.equal('pass');
    });

    it('and is missing where all of it is', () => {
      expect(
        judge([{ uninstall: 'A' }, { uninstall: 'B' }], { ...at('A', missing), ...at('B', missing) }),
      ).to.deep.equal({
        verdict: 'fail',
        expected: 'Contoso agent installed',
        actual: 'no uninstall key A; no uninstall key B',
        fix: 'Install Agent 5.2.msi.',
      });
    });

    it('but unknown where one could have shown it and did not answer, or is doubtful', () => {
      expect(judge([{ uninstall: 'A' }, { uninstall: 'B' }], at('A', missing)).verdict).to.equal('unknown');
      const doubtful = [{ uninstall: 'A' }, { uninstall: 'B', doubtful: true }];
      expect(judge(doubtful, { ...at('A', missing), ...at('B', there) })).to.include({
        verdict: 'unknown',
        cause: 'Contoso agent 5.2; nobody has confirmed that this is how it shows',
      });
      expect(judge(doubtful, { ...at('A', missing), ...at('B', missing) }).verdict).to.equal('unknown');
      expect(judge(doubtful, { ...at('A', there), ...at('B', missing) }).verdict).to.equal('pass');
      expect(packageKind.judge(specOf(packageKind, agent), nothing)).to.include({ cause: 'access denied' });
    });
  });
});
