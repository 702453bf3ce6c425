import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('win_power_plan', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const name = 'community.windows.win_power_plan';

  it('switches by name, once', async () => {
    const { result: first } = await callModule(machine, name, { name: 'high performance' });
    const { result: second } = await callModule(machine, name, { name: 'High performance' });

    expect(first).to.deep.include({
      changed: true,
      power_plan_enabled: true,
      power_plan_name: 'high performance',
      all_available_plans: { 'Power saver': false, Balanced: false, 'High performance': true },
    });
    expect(second).to.include({ changed: false, power_plan_enabled: true });
  });

  it('switches by GUID', async () => {
    const guid = machine.powerPlans().find((plan) => plan.name === 'Power saver')?.guid;

    expect((await callModule(machine, name, { guid })).result).to.include({ changed: true });
    expect(machine.powerPlans().find((plan) => plan.active)?.name).to.equal('Power saver');
  });

  it('changes nothing in check mode', async () => {
    const { result } = await callModule(machine, name, { name: 'Power saver' }, { check: true });

    expect(result).to.include({ changed: true });
    expect(machine.powerPlans().find((plan) => plan.active)?.name).not.to.equal('Power saver');
  });

  it('fails for an unknown plan and for none', async () => {
    const { result } = await callModule(machine, name, { name: 'Warp' });

    expect(result).to.deep.include({
      failed: true,
      power_plan_enabled: null,
      msg: 'Defined power_plan: (Warp) is not available',
    });
    expect((await callModule(machine, name, { guid: 'x' })).result['msg']).to.contain('(x) is not available');
    expect((await callModule(machine, name)).result['msg']).to.equal(
      'one of the following is required: name, guid',
    );
  });
});
