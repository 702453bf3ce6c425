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

/** Throws E_ROLE_UNKNOWN, E_OS_UNAVAILABLE or E_ROLE_OS. */
export function requireRoleOn(
  catalog: Catalog,
  name: string,
  id: string,
): { role: RoleModel; os: CatalogOs } {
  const role = catalog.role(name);
  if (role === undefined) {
    const known = catalog.roles().map((one) => one.name);
    throw fail('E_ROLE_UNKNOWN', { role: name, near: catalog.nearRoles(name), known });
  }
  const os = catalog.os(id);
  if (os === undefined)
    throw fail('E_OS_UNAVAILABLE', { os: id, known: catalog.systems().map((system) => system.id) });
  if (!role.supports.includes(os.id))
    throw fail('E_ROLE_OS', { role: name, os: os.id, supports: role.supports }, { where: role.where });
  return { role, os };
}
