// What a user names, as the catalogue has it.
import type { Catalog, CatalogOs, RoleModel } from '../catalog/index.js';
import { fail } from '../errors/index.js';

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
