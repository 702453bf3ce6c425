// What `verify` measures machines by: roles of the catalogue, or the layers of a plan.
import { readFile } from 'node:fs/promises';
import {
  chainOf,
  loadProject,
  type Catalog,
  type OptionValues,
  type RoleItem,
  type RoleModel,
} from '../catalog/index.js';
import { fail, orThrow } from '../errors/index.js';
import { planFromJson, selectRequirements } from '../plan/index.js';
import { platformSchemas } from '../platforms/index.js';
import type { OsModel } from '../requirements/index.js';
import { nearest } from '../util/index.js';
import type { Assignment, Subject } from '../verify/index.js';
import { chooseRoles } from './choose-roles.js';
import { requireOs } from './look-up.js';
import { optionsFor, type GivenOptions } from './role-options.js';

/** The requirements of a plan's layers up to `layer`: what the build's gate asks. The plan asserts its system. */
export async function assignmentOfPlan(file: string, layer: string): Promise<Assignment> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw fail('E_PLAN_FILE', { path: '', message: (error as Error).message }, { where: { file } });
  }
  const plan = orThrow(planFromJson(text, file));
  const at = plan.layers.findIndex(({ name }) => name === layer);
  if (at === -1) {
    const names = plan.layers.map(({ name }) => name);
    throw fail('E_VERIFY_LAYER', { layer, names, near: nearest(layer, names) }, { where: { file } });
  }
  const { os } = plan;
  const requirements = plan.layers.slice(0, at + 1).flatMap((one) => one.requirements);
  const subjects = [{ role: layer, ancestors: [], questions: [{ os, requirements }] }];
  return { asserted: os, assertedBy: file, subjects };
}

export interface RolesOptions {
  packageRoot: string;
  /** Where lyncimg.yaml may lie, with options and roles of its own. */
  folder: string;
  /** None: every role that there is. */
  roles: readonly string[];
  os: string | undefined;
  /** As given by `--option`, over those of the workspace. */
  options: OptionValues;
}

/**
 * Roles with the requirements of each operating system that they support. lyncimg.yaml says what is built here: its
 * options and parameters hold for the machines that are asked, their role and operating system do not follow from it.
 */
export async function assignmentOfRoles(given: RolesOptions): Promise<Assignment> {
  const { packageRoot, folder, options } = given;
  const { catalog, workspace } = orThrow(
    await loadProject({ packageRoot, folder, platforms: platformSchemas }),
  );
  const asserted = given.os === undefined ? null : requireOs(catalog, given.os);
  const asked =
    given.roles.length > 0 ? orThrow(chooseRoles(given.roles, catalog)) : allRoles(catalog, asserted);
  const items = workspace?.items ?? [];
  const around = { asked, all: catalog.roles(), workspace: workspace?.options ?? {}, flags: options };
  const systems = asserted === null ? catalog.systems() : [asserted];
  return {
    asserted,
    assertedBy: '--os',
    subjects: asked.map((role) =>
      subjectOf(role, asserted === null ? supported(role, systems) : systems, around, items),
    ),
  };
}

/** Throws E_ROLE_OS for a system that the role does not support, and what else its selection finds wrong. */
function subjectOf(
  role: RoleModel,
  systems: readonly OsModel[],
  given: GivenOptions,
  items: readonly RoleItem[],
): Subject {
  const options = optionsFor(role, given);
  const questions = systems.map((os) => {
    const { chain } = orThrow(selectRequirements({ role, os, options, items }));
    return { os, requirements: chain.flatMap(({ requirements }) => requirements) };
  });
  return { role: role.name, ancestors: ancestorsOf(role), questions };
}

function supported({ supports }: RoleModel, systems: readonly OsModel[]): OsModel[] {
  return systems.filter(({ id }) => supports.includes(id));
}

/** Nearest first. */
function ancestorsOf(role: RoleModel): string[] {
  return chainOf(role)
    .slice(0, -1)
    .reverse()
    .map(({ name }) => name);
}

function allRoles(catalog: Catalog, os: OsModel | null): RoleModel[] {
  return catalog.roles().filter(({ supports }) => os === null || supports.includes(os.id));
}
