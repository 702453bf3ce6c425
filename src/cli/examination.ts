// What doctor is asked: from flags, workspace and catalogue to one question about this machine.
import { loadProject, type CatalogOs, type Workspace } from '../catalog/index.js';
import type { BakePlace, BakeSize, Examination, Preflight, WantedMedia } from '../doctor/index.js';
import { LyncimgError, orThrow } from '../errors/index.js';
import { readLock, type MediaLock, type NeededFile } from '../media/index.js';
import type { Plan } from '../plan/index.js';
import { platformOf, platformSchemas, settingsOf } from '../platforms/index.js';
import { requireOs } from './look-up.js';
import { neededMedia } from './media-needs.js';
import { planMachine } from './plan-machine.js';
import { selectRoles, type Planned, type PlanningRequest } from './planning.js';
import { stateFolder } from './state-folder.js';

export type ExaminationRequest = Omit<PlanningRequest, 'twinModel' | 'absentMedia'> & {
  /** `--output`, as typed. */
  output: string | undefined;
};

/**
 * What flags and lyncimg.yaml leave open is not looked at: without a platform only what concerns all of them, without an
 * operating system all three, without roles no media. Throws what is wrong with the input; exit 2.
 */
export async function examinationOf(request: ExaminationRequest): Promise<Examination> {
  const { flags, packageRoot, folder, env, signal, output } = request;
  const { catalog, workspace } = orThrow(
    await loadProject({ packageRoot, folder, platforms: platformSchemas }),
  );
  const place = placeOf(flags.platform ?? workspace?.platform, workspace);
  const asked = flags.os ?? workspace?.os;
  const os = asked === undefined ? null : requireOs(catalog, asked);
  const roles = flags.role ?? workspace?.roles ?? [];
  const work = os === null || roles.length === 0 ? null : await workOf(request, place);
  return {
    place,
    systems: os === null ? catalog.systems() : [os],
    ...machineOf(place, os, workspace),
    ...(work ?? { size: null, media: null }),
    netfx3Elsewhere: workspace !== null && workspace.netfx3Source !== null,
    stateFolder: stateFolder({ flag: output, env, workspace, folder }),
    env,
    signal,
  };
}

/** What a build asks before it starts, of what it has planned. */
export function preflightOf(
  planned: Pick<Planned, 'plans' | 'os' | 'platform' | 'machine' | 'tools' | 'workspace'>,
  { state, env, signal }: { state: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Preflight {
  const { plans, os, platform, machine, tools, workspace } = planned;
  return {
    place: { platform, settings: machine.settings },
    systems: [os],
    machine: { spec: machine.spec, choices: machine.choices },
    size: sizeOfPlans(plans),
    netfx3Elsewhere: workspace !== null && workspace.netfx3Source !== null,
    stateFolder: state,
    env,
    signal,
    tools,
  };
}

function sizeOfPlans(plans: readonly Plan[]): BakeSize {
  const layers = new Map(plans.flatMap(({ layers: all }) => all.map((layer) => [layer.digest, layer])));
  const files = new Map([...layers.values()].flatMap(({ media }) => media.map((item) => [item.path, item])));
  const mediaBytes = [...files.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { layers: layers.size, images: plans.length, mediaBytes, mediaWithoutSize: 0 };
}

function placeOf(name: string | undefined, workspace: Workspace | null): BakePlace | null {
  if (name === undefined) return null;
  const platform = platformOf(name);
  return { platform, settings: settingsOf(platform, workspace?.platformSettings[name] ?? {}) };
}

/** A machine that cannot be is a finding among others: the rest is looked at all the same. */
function machineOf(
  place: BakePlace | null,
  os: CatalogOs | null,
  workspace: Workspace | null,
): Pick<Examination, 'machine' | 'refusals'> {
  if (place === null || os === null || place.platform.layering === 'none')
    return { machine: null, refusals: [] };
  try {
    const { spec, choices } = planMachine(place.platform, os, workspace);
    return { machine: { spec, choices }, refusals: [] };
  } catch (error) {
    if (error instanceof LyncimgError) return { machine: null, refusals: [error] };
    throw error;
  }
}

async function workOf(
  { flags, packageRoot, folder }: ExaminationRequest,
  place: BakePlace | null,
): Promise<{ size: BakeSize | null; media: WantedMedia }> {
  const selection = { flags, packageRoot, folder };
  const { selections } = await selectRoles(selection, () => null);
  const { os, files } = await neededMedia(selection);
  const lock = orThrow(await readLock(folder));
  const links = new Set(selections.flatMap(({ chain }) => chain.map(({ role }) => role.name)));
  const size = {
    layers: links.size,
    images: selections.length,
    ...mediaSize(files, lock, place?.platform.rehearsal ?? false),
  };
  return { size: place?.platform.layering === 'none' ? null : size, media: { os, files, lock } };
}

/** In a rehearsal next to nothing stands in for what nobody gave. */
function mediaSize(
  files: readonly NeededFile[],
  lock: MediaLock,
  rehearsal: boolean,
): Pick<BakeSize, 'mediaBytes' | 'mediaWithoutSize'> {
  const sizes = files.map(
    ({ path, sizeBytes }) => lock.files.get(path)?.sizeBytes ?? (rehearsal ? 0 : sizeBytes),
  );
  const known = sizes.filter((size) => size !== undefined);
  return {
    mediaBytes: known.reduce((sum, size) => sum + size, 0),
    mediaWithoutSize: sizes.length - known.length,
  };
}
