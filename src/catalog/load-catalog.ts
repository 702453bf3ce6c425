// The whole catalogue: what the package brings, and the roles of a workspace beside it.
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { LyncimgError } from '../errors/index.js';
import { fail, ok, problems, type Checked } from '../errors/index.js';
import type { OsId, Source } from '../requirements/index.js';
import { nearest } from '../util/index.js';
import type { References } from './annotations.js';
import { checkRequirements } from './check-requirements.js';
import { linkRoles, type LinkedRole } from './link-roles.js';
import type { Catalog, CatalogOs, CatalogPackage, RoleModel } from './model.js';
import { noNotes, readNotes } from './notes-file.js';
import { fileOf, inOrder } from './order.js';
import { parseOsId } from './os-id.js';
import { readOs } from './os-file.js';
import { packageCatalogue } from './package-catalogue.js';
import { readPackage, type ReadPackage } from './package-file.js';
import { readText } from './read-text.js';
import { readRole, type ReadRole } from './role-file.js';
import { readSources } from './sources-file.js';

export interface CatalogPlace {
  /** Folder of the installed package: `catalog/` lies in it. */
  packageRoot: string;
  /** Folder of `lyncimg.yaml`, where there is one: roles of its own lie in its `roles/`. */
  workspaceFolder?: string;
}

/** Every problem of every file, or a catalogue in which nothing is left to check. */
export async function loadCatalog(place: CatalogPlace): Promise<Checked<Catalog>> {
  const read = await readCatalog(place);
  const { roles, problems: found } = checkCatalog(read);
  const all = [...read.problems, ...found];
  return all.length > 0 ? problems(inOrder(all)) : ok(catalogOf(read, roles));
}

/** The operating systems alone, in a fraction of the time: without packages, and nothing of roles is checked. */
export async function loadSystems({
  packageRoot,
}: Pick<CatalogPlace, 'packageRoot'>): Promise<Checked<Omit<CatalogOs, 'packages'>[]>> {
  const folder = join(packageRoot, 'catalog');
  const found: LyncimgError[] = [];
  const systems = await readSystems(folder, await readReferences(folder, found), found);
  return found.length > 0 ? problems(inOrder(found)) : ok(systems);
}

/**
 * One file against the catalogue, of which it may be a part. Problems of other roles are left out unless this one
 * stands on them. With the role come the systems on which its requirements were tried.
 */
export async function checkRoleFile(
  options: CatalogPlace & { /** As the user typed it. */ file: string },
): Promise<Checked<{ role: RoleModel; systems: OsId[] }>> {
  const read = await readCatalog(options, options.file);
  const { roles, problems: found } = checkCatalog(read);
  const relevant = filesUnder(read.files, options.file);
  const others = new Set(read.files.map(({ file }) => file).filter((file) => !relevant.has(file)));
  const all = [...read.problems, ...found].filter((problem) => !others.has(fileOf(problem)));
  if (all.length > 0) return problems(inOrder(all));
  const role = roles.find(({ where }) => where.source.file === options.file);
  if (role === undefined) throw new Error(`${options.file} has no problem and gave no role`);
  return ok({ role, systems: read.systems.map(({ id }) => id) });
}

interface RoleFile extends ReadRole {
  /** How the file is called in messages. */
  file: string;
}

interface CatalogRead {
  systems: CatalogOs[];
  packages: CatalogPackage[];
  files: RoleFile[];
  /** Of reading; those of the files are here too. */
  problems: LyncimgError[];
}

/** `extra` is read under the name given, in place of the same file where the catalogue has it. */
async function readCatalog(place: CatalogPlace, extra?: string): Promise<CatalogRead> {
  const folder = join(place.packageRoot, 'catalog');
  const found: LyncimgError[] = [];
  const references = await readReferences(folder, found);
  const packages: ReadPackage[] = [];
  for (const file of await packageFiles(place, folder, found)) {
    const one = keep(await readPackage(file.path, file.name, references), found);
    if (one !== undefined) packages.push(one);
  }
  const systems = (await readSystems(folder, references, found)).map((system) => {
    const own = packages.flatMap(({ byOs }) => byOs.get(system.id) ?? []);
    return { ...system, packages: packageCatalogue(own) };
  });
  const listed = await yamlFiles(join(folder, 'roles'), 'catalog/roles', found);
  if (place.workspaceFolder !== undefined)
    listed.push(...(await yamlFiles(join(place.workspaceFolder, 'roles'), 'roles', found, true)));
  if (extra !== undefined) {
    const path = resolve(extra);
    const same = listed.find((file) => resolve(file.path) === path);
    if (same === undefined) listed.push({ path, name: extra });
    else same.name = extra;
  }
  const files: RoleFile[] = [];
  for (const { path, name } of listed) {
    const text = await readText(path, name);
    const read = text.ok
      ? readRole(text.value, references)
      : { name: null, role: null, problems: text.problems };
    files.push({ file: name, ...read });
    found.push(...read.problems);
  }
  return { systems, packages: packages.map(({ about }) => about), files, problems: found };
}

/** The documents and notes that all files refer to. */
async function readReferences(folder: string, found: LyncimgError[]): Promise<References> {
  const byId = keep(await readSources(join(folder, 'sources.yaml'), 'catalog/sources.yaml'), found);
  const sources = { byId: byId ?? new Map<string, Source>(), open: byId === undefined };
  const notes = keep(await readNotes(join(folder, 'notes.yaml'), 'catalog/notes.yaml', sources), found);
  return { sources, notes: notes ?? noNotes };
}

async function readSystems(
  folder: string,
  references: References,
  found: LyncimgError[],
): Promise<Omit<CatalogOs, 'packages'>[]> {
  const systems: Omit<CatalogOs, 'packages'>[] = [];
  for (const file of await yamlFiles(join(folder, 'os'), 'catalog/os', found)) {
    const system = keep(await readOs({ catalogFolder: folder, references, ...file }), found);
    if (system !== undefined) systems.push(system);
  }
  return systems;
}

/** The value, or nothing and some problems more. */
function keep<T>(checked: Checked<T>, found: LyncimgError[]): T | undefined {
  if (checked.ok) return checked.value;
  found.push(...checked.problems);
  return undefined;
}

/** Those of a workspace stand beside the package's own; where both have an id, the workspace's file counts. */
async function packageFiles(
  place: CatalogPlace,
  folder: string,
  found: LyncimgError[],
): Promise<{ path: string; name: string }[]> {
  const own =
    place.workspaceFolder === undefined
      ? []
      : await yamlFiles(join(place.workspaceFolder, 'packages'), 'packages', found, true);
  const replaced = new Set(own.map(({ path }) => basename(path)));
  const brought = await yamlFiles(join(folder, 'packages'), 'catalog/packages', found);
  return [...brought.filter(({ path }) => !replaced.has(basename(path))), ...own];
}

/** In the order of their names, so that messages come in the same order everywhere. */
async function yamlFiles(
  folder: string,
  called: string,
  found: LyncimgError[],
  mayBeAbsent = false,
): Promise<{ path: string; name: string }[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => ({ path: join(folder, name), name: `${called}/${name}` }));
  } catch (error) {
    if (mayBeAbsent && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    const reason = (error as Error).message;
    found.push(fail('E_FILE_UNREADABLE', { file: called, reason }, { where: { file: called } }));
    return [];
  }
}

function checkCatalog({ files, systems }: CatalogRead): { roles: LinkedRole[]; problems: LyncimgError[] } {
  const parsed = files.flatMap(({ role }) => (role === null ? [] : [role]));
  const broken = files.flatMap(({ name, role }) => (role === null && name !== null ? [name] : []));
  const { roles, problems: found } = linkRoles({
    parsed,
    broken: new Set(broken),
    systems: systems.map(({ id }) => id),
  });
  return { roles, problems: [...found, ...roles.flatMap((role) => checkRequirements(role, systems))] };
}

function catalogOf({ systems, packages }: CatalogRead, roles: readonly RoleModel[]): Catalog {
  const byId = new Map(packages.map((one) => [one.id, one]));
  const byName = new Map(roles.map((role) => [role.name, role]));
  const sorted = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    os: (id) => systems.find((system) => system.id === parseOsId(id)),
    systems: () => [...systems],
    package: (id) => byId.get(id),
    role: (name) => byName.get(name),
    roles: () => [...sorted],
    nearRoles: (name) => nearest(name, byName.keys()),
  };
}

/** A file and those of the roles above it. */
function filesUnder(files: readonly RoleFile[], start: string): Set<string> {
  const relevant = new Set<string>();
  let at = files.find(({ file }) => file === start);
  while (at !== undefined && !relevant.has(at.file)) {
    relevant.add(at.file);
    const parent = at.role?.extends;
    at = files.find(({ name }) => name !== null && name === parent);
  }
  return relevant;
}
