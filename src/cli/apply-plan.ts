// From a machine that was looked at to a plan for it, and to the files that installing needs.
import type { ChosenNeeds } from '../build/index.js';
import { fail, orThrow } from '../errors/index.js';
import { findMedia, readLock, type MediaItem } from '../media/index.js';
import { mediaOf, type Plan } from '../plan/index.js';
import type { ApplyRequest } from '../render/index.js';
import { kindOf } from '../requirements/index.js';
import { planRoles, type Planned, type PlanningRequest } from './planning.js';

export interface ApplyPlan {
  planned: Planned;
  plan: Plan;
}

export interface ApplyPlanRequest extends Pick<
  PlanningRequest,
  'packageRoot' | 'folder' | 'env' | 'twinModel' | 'signal'
> {
  role: string;
  /** As the machine runs it. */
  os: string;
  option: string[] | undefined;
}

/** What is right already needs no file: those that are not here are only listed. */
export async function planApply({ role, os, option, ...around }: ApplyPlanRequest): Promise<ApplyPlan> {
  const planned = await planRoles({
    ...around,
    flags: { os, role: [role], option, platform: 'existing' },
    absentMedia: 'listed',
  });
  const [plan] = planned.plans;
  if (plan === undefined) throw fail('E_INTERNAL', { message: `no plan was made for ${role}` });
  return { planned, plan };
}

export interface ApplyFiles {
  items: MediaItem[];
  /** Path on the disc -> absolute path. */
  sources: ReadonlyMap<string, string>;
}

export interface FilesRequest {
  plan: Plan;
  chosen: ChosenNeeds;
  /** Where media.lock.yaml and media/ may lie. */
  folder: string;
  /** What answers says that it is a twin: it alone may be given placeholders. */
  rehearsal: boolean;
  signal: AbortSignal;
}

/** The files of what is to be installed, and no other. Throws E_MEDIA_* of all that is wrong. */
export async function filesToApply(request: FilesRequest): Promise<ApplyFiles> {
  const { plan, chosen, folder, rehearsal, signal } = request;
  const requirements = chosen.install.map(({ requirement }) => requirement);
  const found = await findMedia({
    wanted: mediaOf(requirements, plan.netfx3Source),
    lock: orThrow(await readLock(folder)),
    absent: rehearsal ? 'placeholder' : 'refused',
    signal,
  });
  return orThrow(found);
}

/** What is rendered of it. */
export function applyRequest(
  { planned, plan }: ApplyPlan,
  chosen: ChosenNeeds,
  how: Pick<ApplyRequest, 'media' | 'transport' | 'reboot' | 'restartFirst'>,
): ApplyRequest {
  const wanted = new Set(chosen.install.map(({ requirement }) => requirement.id));
  const { platform, os, handWritten } = planned;
  return {
    ...{ plan, platform, os, handWritten, kinds: kindOf },
    layers: plan.layers.map(({ name, requirements }) => ({
      name,
      requirements: requirements.filter(({ id }) => wanted.has(id)),
    })),
    ...how,
  };
}
