import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { chooseNeeds, type ChosenNeeds } from '../../../src/build/index.js';
import { kindOf } from '../../../src/requirements/index.js';
import type { VerdictName } from '../../../src/verify/index.js';
import { needOf, planToApply, type AppliedPlan } from '../../helpers/apply-plan.js';
import { verdict } from '../../report/fixtures.js';

describe('what is to be installed on a machine', () => {
  let base: AppliedPlan;
  before(async () => {
    const { os } = await planToApply('windows-base', {});
    const more = [
      needOf('edition', 'supported', os),
      needOf('computer', { dnsSuffix: 'lync.example.net' }, os),
      needOf('computer', { membership: 'domain' }, os),
      needOf('hardware', { memoryGb: 32 }, os),
    ];
    base = await planToApply('windows-base', { updates: 'none' }, { more });
  });

  function choose(verdicts: Record<string, VerdictName>, reboot = false): ChosenNeeds {
    return chooseNeeds({
      ...{ plan: base.plan, os: base.os, kinds: kindOf, reboot },
      verdicts: Object.entries(verdicts).map(([id, name]) => verdict(id, name)),
    });
  }
  const installs = (chosen: ChosenNeeds): string[] => chosen.install.map(({ requirement }) => requirement.id);
  const leaves = (chosen: ChosenNeeds): string[] =>
    chosen.left.map(({ requirement, why }) => `${why} ${requirement.id}`);

  it('is what fails, what nobody could read, and what nobody has confirmed, in the order of the plan', () => {
    const chosen = choose({
      'setting/power-plan': 'warn',
      'hotfix/KB2919355': 'unknown',
      'hotfix/KB2919442': 'fail',
      'setting/automatic-updates': 'pass',
    });
    expect(installs(chosen)).to.deep.equal(['hotfix/KB2919442', 'hotfix/KB2919355', 'setting/power-plan']);
    expect(chosen.left).to.deep.equal([]);
    expect(chosen.mayRestart).to.equal(true);
  });

  it('is nothing where all is well', () => {
    const all = Object.fromEntries(base.requirements.map(({ id }) => [id, 'pass' as const]));
    expect(choose(all)).to.deep.equal({ install: [], left: [], mayRestart: false });
  });

  it('leaves alone what no task mends and what its owner decides', () => {
    const chosen = choose({
      'edition/supported': 'fail',
      'computer/membership': 'fail',
      'computer/dns-suffix': 'fail',
      'hardware/memory': 'unknown',
    });
    expect(installs(chosen)).to.deep.equal(['computer/dns-suffix']);
    expect(leaves(chosen)).to.deep.equal([
      'nothing edition/supported',
      'owner computer/membership',
      'owner hardware/memory',
    ]);
  });

  it('restarts for a restart that is pending only where that is allowed', () => {
    expect(leaves(choose({ 'pendingReboot/none': 'fail' }))).to.deep.equal(['restart pendingReboot/none']);
    expect(installs(choose({ 'pendingReboot/none': 'fail' }, true))).to.deep.equal(['pendingReboot/none']);
  });

  it('knows what needs no restart', () => {
    expect(choose({ 'setting/power-plan': 'fail' }).mayRestart).to.equal(false);
  });

  it('passes over what was not judged', () => {
    expect(choose({ 'feature/Other': 'fail' })).to.deep.equal({ install: [], left: [], mayRestart: false });
  });
});
