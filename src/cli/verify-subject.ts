// What `verify` measures a machine by: a role of the catalogue on an operating system, or the layers of a plan.
import { readFile } from 'node:fs/promises';
import { loadProject, type Catalog, type OptionValues, type RoleModel } from '../catalog/index.js';
import { fail, orThrow } from '../errors/index.js';
import { planFromJson, selectRequirements } from '../plan/index.js';
import { platformNames } from '../platforms/index.js';
import type { OsModel } from '../requirements/index.js';
import { nearest } from '../util/index.js';
import { versionOfIdentify, type HostIdentity, type Question } from '../verify/index.js';

export interface Subject {
  role: string;
  /** Null where the machine's own operating system is to choose the question. */
  known: Question | null;
  question: (identity: HostIdentity) => Question;
}

/** The requirements of a plan's layers up to `layer`: what the build's gate asks. */
export async function subjectOfPlan(file: string, layer: string): Promise<Subject> {
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
  const requirements = plan.layers.slice(0, at + 1).flatMap((one) => one.requirements);
  const known = { role: layer, os: plan.os, requirements };
  return { role: layer, known, question: () => known };
}

export interface RoleSubjectOptions {
  packageRoot: string;
  /** Where lyncimg.yaml may lie; it says role and operating system where the flags do not. */
  folder: string;
  role: string | undefined;
  os: string | undefined;
  /** As given by `--option`, over those of the workspace. */
  options: OptionValues;
}

/** The requirements of a role and of the roles that it extends. */
export async function subjectOfRole(given: RoleSubjectOptions): Promise<Subject> {
  const { packageRoot, folder } = given;
  const { catalog, workspace } = orThrow(
    await loadProject({ packageRoot, folder, platforms: platformNames }),
  );
  const onlyRole = workspace?.roles.length === 1 ? workspace.roles[0] : undefined;
  const role = chooseRole(catalog, given.role ?? onlyRole);
  // An option of the workspace may be meant for another of its roles; one that was typed here is meant for this one.
  const shared = Object.entries(workspace?.options ?? {}).filter(([name]) =>
    Object.hasOwn(role.options, name),
  );
  const options = { ...Object.fromEntries(shared), ...given.options };
  const select = (os: OsModel): Question => {
    const { chain } = orThrow(selectRequirements({ role, os, options }));
    return { role: role.name, os, requirements: chain.flatMap(({ requirements }) => requirements) };
  };
  const osId = given.os ?? workspace?.os;
  if (osId === undefined)
    return { role: role.name, known: null, question: (identity) => select(osOfHost(catalog, identity)) };
  const os = catalog.os(osId);
  if (os === undefined) throw fail('E_OS_UNAVAILABLE', { os: osId, known: knownIds(catalog) });
  const known = select(os);
  return { role: role.name, known, question: () => known };
}

function chooseRole(catalog: Catalog, name: string | undefined): RoleModel {
  const known = catalog.roles().map((role) => role.name);
  if (name === undefined) throw fail('E_ROLE_MISSING', { known: known.sort() });
  const role = catalog.role(name);
  if (role === undefined) throw fail('E_ROLE_UNKNOWN', { role: name, near: catalog.nearRoles(name), known });
  return role;
}

function osOfHost(catalog: Catalog, identity: HostIdentity): OsModel {
  const version = versionOfIdentify(identity.version);
  const found = catalog.systems().find((os) => os.version === version);
  if (found === undefined) throw fail('E_VERIFY_OS_UNKNOWN', { found: version, known: knownIds(catalog) });
  return found;
}

function knownIds(catalog: Catalog): string[] {
  return catalog.systems().map(({ id }) => id);
}
