import { describe, it } from 'mocha';
import { expect } from 'chai';
import { makePlan, planReport, selectRequirements, type Plan } from '../../src/plan/index.js';
import { planText } from '../../src/report/index.js';
import { expectGolden } from '../helpers/golden.js';
import { environment, itemOf, lookup, os, roleOf } from '../plan/fixtures.js';

function planOf(text: string): Plan {
  const base = roleOf('base', [itemOf('early', { name: 'a', text }), itemOf('early', { name: 'b' })]);
  const role = roleOf('leaf', [itemOf('late', { name: 'm' }, { stage: 'machine' })], {
    extends: base,
    options: { conferencing: { type: 'boolean', default: true, description: '' } },
  });
  const checked = selectRequirements({ role, os, options: {}, kinds: lookup });
  if (!checked.ok) throw new Error('fixture');
  return makePlan({ ...checked.value, os, role: 'leaf', environment, kinds: lookup });
}

describe('planText', () => {
  it('shows layers, what is there, requirements with sources, and what waits for the machine', async () => {
    const report = planReport(planOf('new'), planOf('old').layers);

    await expectGolden('report/plan.txt', planText(report, { rehearsal: true }));
  });

  it('says which layers exist and which were never built', () => {
    const [first] = planOf('x').layers;
    const text = planText(planReport(planOf('x'), [first!]), { rehearsal: false });

    expect(text).to.match(/^1 {2}base .* yes$/m);
    expect(text).to.match(/^2 {2}leaf .* no: never built$/m);
    expect(text).not.to.contain('REHEARSAL');
  });

  it('lets no terminal code of a role through', () => {
    const plan = planOf('x');
    plan.layers[0]!.requirements[0]!.title = 'evil \u001b[31m title';

    expect(planText(planReport(plan, []), { rehearsal: true })).to.contain('evil title');
  });
});
