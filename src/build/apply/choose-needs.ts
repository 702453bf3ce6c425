// What of a plan is to be installed on a machine that was looked at, and what is left alone, and why.
import type { Plan } from '../../plan/index.js';
import { mayRestart, whatSettles, type ApplyContext } from '../../render/index.js';
import type { Verdict } from '../../verify/index.js';

type Requirement = Plan['layers'][number]['requirements'][number];

export interface Need {
  requirement: Requirement;
  /** As the machine was found; never a pass. */
  verdict: Verdict;
}

/**
 * `owner`: of the deployed machine, and a decision of its owner's. `restart`: a restart would mend it, and none is
 * allowed. `nothing`: nothing that can be installed would mend it.
 */
export type WhyLeft = 'owner' | 'restart' | 'nothing';

export interface ChosenNeeds {
  /** In the order of the plan. */
  install: Need[];
  left: (Need & { why: WhyLeft })[];
  /** Installing it may ask for a restart. */
  mayRestart: boolean;
}

export interface ChooseOptions extends ApplyContext {
  plan: Plan;
  /** Of the machine, by the requirements' ids; what is not among them was not judged and is left out. */
  verdicts: readonly Verdict[];
  reboot: boolean;
}

/**
 * Pure. A warning, an unconfirmed need that is not met, is installed as in a bake; so is what nobody could read, since
 * tasks change nothing where all is well.
 */
export function chooseNeeds({ plan, verdicts, reboot, ...context }: ChooseOptions): ChosenNeeds {
  const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
  const install: Need[] = [];
  const left: ChosenNeeds['left'] = [];
  for (const requirement of plan.layers.flatMap(({ requirements }) => requirements)) {
    const verdict = byId.get(requirement.id);
    if (verdict === undefined || verdict.verdict === 'pass') continue;
    const why = whyLeft(requirement, context, reboot);
    if (why === null) install.push({ requirement, verdict });
    else left.push({ requirement, verdict, why });
  }
  const wanted = install.map(({ requirement }) => requirement);
  return { install, left, mayRestart: mayRestart(wanted, context) };
}

function whyLeft(requirement: Requirement, context: ApplyContext, reboot: boolean): WhyLeft | null {
  switch (whatSettles(requirement, context)) {
    case 'tasks':
      return null;
    case 'restart':
      return reboot ? null : 'restart';
    case 'nothing':
      return requirement.stage === 'machine' ? 'owner' : 'nothing';
  }
}
