// Which roles there are.
import type { Catalog, RoleModel } from '../catalog/index.js';
import type { RoleList, RoleSummary } from './schemas.js';

/** By name; abstract ones last, since no machine is one. */
export function listRoles(catalog: Catalog): RoleList {
  const roles = catalog.roles().map(summaryOf);
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'RoleList',
    roles: [...roles.filter(({ abstract }) => !abstract), ...roles.filter(({ abstract }) => abstract)],
  };
}

export function summaryOf(role: RoleModel): RoleSummary {
  return {
    name: role.name,
    title: role.title,
    abstract: role.abstract,
    extends: role.extends?.name ?? null,
    supports: role.supports,
    collocates: role.collocates?.with ?? null,
  };
}
