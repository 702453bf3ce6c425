// The catalogue with the roles of the workspace in the current folder, where it is one.
import { loadProject, type Catalog, type CatalogOs, type RoleModel } from '../catalog/index.js';
import { fail, orThrow } from '../errors/index.js';
import { platformNames } from '../platforms/index.js';

export async function loadCatalogue(packageRoot: string): Promise<Catalog> {
  const { catalog } = orThrow(
    await loadProject({ packageRoot, folder: process.cwd(), platforms: platformNames }),
  );
  return catalog;
}

/** Throws E_OS_UNAVAILABLE with those that there are. */
export function requireOs(catalog: Catalog, id: string): CatalogOs {
  const os = catalog.os(id);
  if (os !== undefined) return os;
  throw fail('E_OS_UNAVAILABLE', { os: id, known: catalog.systems().map((system) => system.id) });
}

/** Throws E_ROLE_UNKNOWN with near names, else with all. */
export function requireRole(catalog: Catalog, name: string): RoleModel {
  const role = catalog.role(name);
  if (role !== undefined) return role;
  const known = catalog.roles().map((one) => one.name);
  throw fail('E_ROLE_UNKNOWN', { role: name, near: catalog.nearRoles(name), known });
}
