import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { LyncimgError } from '../../../src/errors/index.js';
import type { Plan } from '../../../src/plan/index.js';
import { bootPackages, renderFirstBoot } from '../../../src/render/first-boot/index.js';
import { renderRole } from '../../helpers/real-plan.js';
import { problemsOf } from './command-model.js';
import { request } from './scenario.js';

describe('the packages of first boot', () => {
  let plan: Plan;
  before(async () => {
    ({ plan } = await renderRole('front-end', '2008r2'));
  });

  it('are the files that windows-base asks for, in the order that they need', () => {
    const found = bootPackages(plan);

    expect(found.map(({ name, kind, path }) => [name, kind, path])).to.deep.equal([
      ['KB4490628', 'msu', 'hotfixes/Windows6.1-KB4490628-x64.msu'],
      ['KB4474419', 'msu', 'hotfixes/Windows6.1-KB4474419-v3-x64.msu'],
      ['dotnet45', 'exe', 'packages/dotnetfx45_full_x86_x64.exe'],
      ['KB2506143', 'msu', 'hotfixes/Windows6.1-KB2506143-x64.msu'],
      ['KB2842230', 'msu', 'hotfixes/Windows6.1-KB2842230-x64.msu'],
    ]);
    expect(found[0]?.exitCodes).to.deep.equal([0, 3010, 0x00240006]);
    expect(found[2]).to.deep.include({ arguments: ['/q', '/norestart'], exitCodes: [0, 3010] });
    const onDisc = plan.layers[0]?.media.map(({ path }) => path);
    for (const { path } of found) expect(onDisc).to.include(path);
  });

  it('can be rendered', () => {
    const files = renderFirstBoot(request('2008r2', 'first', { packages: bootPackages(plan) }));

    expect(problemsOf(files.get('lyncimg/key.cmd') ?? '', '2008r2')).to.deep.equal([]);
  });

  it('are none where Windows comes with what Ansible needs', async () => {
    for (const os of ['2012', '2012r2'] as const) {
      expect(bootPackages((await renderRole('edge', os)).plan), os).to.deep.equal([]);
    }
  });

  it('do without the updates that only Windows Update needs', () => {
    const names = bootPackages(planWithout('hotfix/KB4490628', 'hotfix/KB4474419')).map(({ name }) => name);

    expect(names).to.deep.equal(['dotnet45', 'KB2506143', 'KB2842230']);
  });

  it('cannot do without .NET and WMF (E_BUILD_FIRST_BOOT)', () => {
    let error: unknown;
    try {
      bootPackages(planWithout('package/dotnet45', 'hotfix/KB2506143'));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).to.be.instanceOf(LyncimgError);
    expect(error).to.deep.include({ code: 'E_BUILD_FIRST_BOOT', exitCode: 2 });
    expect((error as Error).message).to.contain('does not ask for package/dotnet45 and hotfix/KB2506143');
  });

  function planWithout(...ids: string[]): Plan {
    const [first, ...others] = plan.layers;
    if (first === undefined) throw new Error('fixture');
    const requirements = first.requirements.filter(({ id }) => !ids.includes(id));
    return { ...plan, layers: [{ ...first, requirements }, ...others] };
  }
});
