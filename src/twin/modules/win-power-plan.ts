// community.windows.win_power_plan 1.13.0 (win_power_plan.ps1, read).
import type { PowerPlan } from '../machine.js';
import { BasicModule } from './basic.js';
import type { ModuleCall } from './call.js';
import type { ModuleReply } from './reply.js';

export function winPowerPlan(call: ModuleCall): ModuleReply {
  const module = new BasicModule(call, {
    options: { name: { type: 'str' }, guid: { type: 'str' } },
    requiredOneOf: [['name', 'guid']],
    supportsCheckMode: true,
  });
  const name = module.str('name');
  const guid = module.str('guid');
  module.result['power_plan_name'] = name;
  module.result['power_plan_enabled'] = null;
  const plans = call.machine.powerPlans();
  module.result['all_available_plans'] = shown(plans, (plan) => plan.active);
  const byName = name === null ? undefined : plans.find((plan) => same(plan.name, name));
  if (name !== null && byName === undefined) module.fail(`Defined power_plan: (${name}) is not available`);
  const byGuid = guid === null ? undefined : plans.find((plan) => same(plan.guid, guid));
  if (guid !== null && byGuid === undefined) module.fail(`Defined power_plan: (${guid}) is not available`);
  const wanted = byGuid ?? byName;
  module.result['power_plan_enabled'] = true;
  if (wanted !== undefined && !wanted.active) {
    if (!module.checkMode) call.machine.setPowerPlan(wanted.guid);
    module.result['changed'] = true;
    module.result['all_available_plans'] = shown(plans, (plan) => plan === wanted);
  }
  return module.exit();
}

function shown(plans: PowerPlan[], isActive: (plan: PowerPlan) => boolean): Record<string, boolean> {
  return Object.fromEntries(plans.map((plan) => [plan.name, isActive(plan)]));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
