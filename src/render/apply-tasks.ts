// What of a need can be set on a machine that runs already, as its kind says it, and what only a restart would mend.
import { batches, type KindLookup } from '../plan/index.js';
import type { AnsibleTask, OsModel, Requirement } from '../requirements/index.js';
import { reference } from './jinja.js';

export interface ApplyContext {
  os: OsModel;
  kinds: KindLookup;
}

/** `restart`: the machine needs nothing but a restart. `nothing`: no task of the kind changes anything. */
export type Settles = 'tasks' | 'restart' | 'nothing';

/** Neighbours of one kind and stage together, in the given order. */
export function tasksToApply(
  requirements: readonly Requirement[],
  { os, kinds }: ApplyContext,
): AnsibleTask[] {
  const context = { os, media: reference('lyncimg_media'), sxs: reference('lyncimg_sxs') };
  const ofStage = (stage: Requirement['stage']): AnsibleTask[] =>
    batches(requirements.filter((one) => one.stage === stage)).flatMap(({ kind, requirements: batch }) => {
      const found = kinds(kind);
      if (stage === 'image') return found?.tasks(batch, context) ?? [];
      return found?.applyTasks?.(batch, context) ?? [];
    });
  return [...ofStage('image'), ...ofStage('machine')];
}

export function whatSettles(requirement: Requirement, context: ApplyContext): Settles {
  const changing = tasksToApply([requirement], context).filter(changes);
  if (changing.length === 0) return 'nothing';
  return changing.every(isRestart) ? 'restart' : 'tasks';
}

/** Whether some of it asks Windows, or an installer, if a restart is needed. */
export function mayRestart(requirements: readonly Requirement[], context: ApplyContext): boolean {
  return tasksToApply(requirements, context).some(isRestart);
}

export function isRestart({ module }: AnsibleTask): boolean {
  return module === 'ansible.windows.win_reboot';
}

const asking = new Set(['ansible.windows.setup', 'ansible.windows.win_reg_stat', 'ansible.builtin.assert']);

function changes({ module, keywords }: AnsibleTask): boolean {
  return !asking.has(module) && keywords?.['changed_when'] !== false;
}
