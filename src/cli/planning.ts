// What plan, generate and build share: from flags, workspace and catalogue to plans, one for each role asked for.
import { Flags } from '@oclif/core';
import {
  loadProject,
  type Catalog,
  type CatalogOs,
  type RoleModel,
  type Workspace,
} from '../catalog/index.js';
import type { InspectedTools } from '../doctor/index.js';
import { fail, LyncimgError, orThrow, ProblemsError } from '../errors/index.js';
import { findMedia, readLock } from '../media/index.js';
import { makePlan, mediaOf, selectRequirements, type Plan, type Selection } from '../plan/index.js';
import { platformNames, platformOf, platformSchemas, type Platform } from '../platforms/index.js';
import type { HandWritten } from '../render/index.js';
import { osIds } from '../requirements/index.js';
import { toldToSetup } from './answer-choices.js';
import { chooseRoles } from './choose-roles.js';
import { requireOs } from './look-up.js';
import { mediumIdentity } from './medium-identity.js';
import { parseOptionValues } from './option-values.js';
import { machineDigest, planMachine, type PlannedMachine } from './plan-machine.js';
import { optionsFor } from './role-options.js';

/** `--output` is not among them: it is the state's folder for some and the folder to write for others. */
export const planningFlags = {
  os: Flags.string({
    description: "The Windows to bake; by default lyncimg.yaml's.",
    helpValue: osIds.join('|'),
  }),
  role: Flags.string({
    multiple: true,
    description:
      "What the machine is to be, several with commas for one machine; repeated for one image each; by default lyncimg.yaml's roles.",
    helpValue: 'NAME',
  }),
  platform: Flags.string({
    description: "Where it is baked; by default lyncimg.yaml's.",
    helpValue: platformNames.join('|'),
  }),
  option: Flags.string({
    multiple: true,
    description: "An option of the role, over lyncimg.yaml's.",
    helpValue: 'NAME=VALUE',
  }),
};

export interface SelectionRequest {
  flags: {
    os: string | undefined;
    role: string[] | undefined;
    option: string[] | undefined;
  };
  /** Folder of the installed package. */
  packageRoot: string;
  /** The folder in which the command was started: lyncimg.yaml may lie there. */
  folder: string;
}

export interface PlanningRequest extends SelectionRequest {
  flags: SelectionRequest['flags'] & { platform: string | undefined };
  env: NodeJS.ProcessEnv;
  /** Digest of the twin's model, asked for where the platform is a rehearsal: this room cannot see the twin. */
  twinModel: (packageRoot: string) => Promise<string>;
  /** Ends the reading of media, which can take minutes. */
  signal: AbortSignal;
  /** Files of Microsoft's that are not here: an error, or only told (where nothing is to be built). */
  absentMedia?: 'refused' | 'listed';
}

export interface Planned {
  /** One for each role, in the order asked for. */
  plans: Plan[];
  os: CatalogOs;
  platform: Platform;
  machine: PlannedMachine;
  handWritten: HandWritten;
  /** What was found, good or bad: a plan can be made without any tool. */
  tools: InspectedTools;
  /** Where the media lie that are no placeholders: path on the disc -> absolute path. */
  mediaFiles: ReadonlyMap<string, string>;
  workspace: Workspace | null;
}

export interface SelectedRoles<T> {
  os: CatalogOs;
  /** One for each role, in the order asked for. */
  selections: ({ role: RoleModel } & Selection)[];
  catalog: Catalog;
  workspace: Workspace | null;
  also: T;
}

/**
 * The requirements of the roles that flags or lyncimg.yaml ask for. `choose` makes the caller's own choice, whose problem
 * is told beside the others; exit 2.
 */
export async function selectRoles<T>(
  { flags, packageRoot, folder }: SelectionRequest,
  choose: (workspace: Workspace | null) => T,
): Promise<SelectedRoles<T>> {
  const { catalog, workspace } = orThrow(
    await loadProject({ packageRoot, folder, platforms: platformSchemas }),
  );
  const found: LyncimgError[] = [];
  const also = keep(found, () => choose(workspace));
  const os = keep(found, () => chooseOs(flags.os ?? workspace?.os, catalog));
  const roles = requestedRoles(flags.role ?? workspace?.roles ?? [], catalog, found);
  if (also === undefined || os === undefined || found.length > 0) throw allOf(found);
  const given = {
    asked: roles,
    all: catalog.roles(),
    workspace: workspace?.options ?? {},
    flags: parseOptionValues(flags.option ?? []),
  };

  const selections = roles.map((role) => {
    const options = optionsFor(role, given);
    return { role, ...orThrow(selectRequirements({ role, os, options, items: workspace?.items ?? [] })) };
  });
  return { os, selections, catalog, workspace, also };
}

/** Throws every problem of the input at once where it can; exit 2. */
export async function planRoles(request: PlanningRequest): Promise<Planned> {
  const { flags, packageRoot, folder, env, signal } = request;
  // Before the tools are asked, which takes a second: wrong input is said at once, and so is a file that is missing.
  const {
    os,
    selections,
    workspace,
    also: platform,
  } = await selectRoles(request, (own) => choosePlatform(flags.platform ?? own?.platform));
  const netfx3Source = workspace?.netfx3Source ?? null;
  const media = await findMedia({
    wanted: selections.flatMap(({ chain }) =>
      chain.flatMap(({ requirements }) => mediaOf(requirements, netfx3Source)),
    ),
    lock: orThrow(await readLock(folder)),
    absent: platform.rehearsal ? 'placeholder' : (request.absentMedia ?? 'refused'),
    signal,
  });
  const { items, sources } = orThrow(media);
  const machine = planMachine(platform, os, workspace);

  // Loaded here alone: commands that ask machines start no tool and render nothing, and should start quickly.
  const [{ inspectTools }, { contentDigest, readHandWritten }] = await Promise.all([
    import('../doctor/index.js'),
    import('../render/index.js'),
  ]);
  const [handWritten, tools, twinModel, made] = await Promise.all([
    readHandWritten(packageRoot),
    inspectTools(env),
    platform.rehearsal ? request.twinModel(packageRoot) : null,
    platform.rehearsal || request.absentMedia === 'listed'
      ? null
      : mediumIdentity(machine.choices.windows, signal),
  ]);
  const told = platform.rehearsal ? null : await toldToSetup({ platform, os, machine });
  const environment = {
    platform: platform.name,
    tools: tools.forPlan,
    content: contentDigest(handWritten),
    twinModel,
    machine: told === null ? null : machineDigest(machine, made, told),
    media: items,
  };
  const plans = selections.map(({ role, chain, options }) =>
    makePlan({ chain, os, role: role.name, options, netfx3Source, environment }),
  );
  return { plans, os, platform, machine, handWritten, tools, mediaFiles: sources, workspace };
}

/** The value, or nothing and one problem more. */
function keep<T>(found: LyncimgError[], choose: () => T): T | undefined {
  try {
    return choose();
  } catch (error) {
    if (!(error instanceof LyncimgError)) throw error;
    found.push(error);
    return undefined;
  }
}

/** One problem keeps its own exit code and form. */
function allOf(found: LyncimgError[]): Error {
  const [only] = found;
  return only !== undefined && found.length === 1 ? only : new ProblemsError(found);
}

function choosePlatform(name: string | undefined): Platform {
  if (name === undefined) throw fail('E_PLATFORM_MISSING', { known: [...platformNames] });
  return platformOf(name);
}

function chooseOs(id: string | undefined, catalog: Catalog): CatalogOs {
  if (id === undefined) throw fail('E_OS_MISSING', { known: catalog.systems().map((system) => system.id) });
  return requireOs(catalog, id);
}

function requestedRoles(names: readonly string[], catalog: Catalog, found: LyncimgError[]): RoleModel[] {
  if (names.length === 0) {
    const known = catalog.roles().map(({ name }) => name);
    found.push(fail('E_ROLE_MISSING', { known }));
    return [];
  }
  const chosen = chooseRoles(names, catalog);
  if (chosen.ok) return chosen.value;
  found.push(...chosen.problems);
  return [];
}
