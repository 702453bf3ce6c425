// Which role runs on which system, and how much each needs there.
import type { Catalog } from '../catalog/index.js';
import { listRequirements } from './listed.js';
import type { RoleMatrix } from './schemas.js';

/** Roles that a machine can be; in the order of their names. */
export function roleMatrix(catalog: Catalog): RoleMatrix {
  const systems = catalog.systems();
  const roles = catalog.roles().filter(({ abstract }) => !abstract);
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'RoleMatrix',
    systems: systems.map(({ id, title }) => ({ id, title })),
    roles: roles.map((role) => ({
      role: role.name,
      title: role.title,
      cells: systems.map((os) => {
        if (!role.supports.includes(os.id)) return { os: os.id, supported: false, requirements: null };
        const listed = listRequirements(role, os);
        // One that has several conditions is one.
        const count = (some: typeof listed): number =>
          new Set(some.map(({ requirement }) => requirement.id)).size;
        const of = (stage: string): number =>
          count(listed.filter(({ requirement }) => requirement.stage === stage));
        const conditional = count(listed.filter(({ when }) => when !== null));
        return {
          os: os.id,
          supported: true,
          requirements: { image: of('image'), machine: of('machine'), conditional },
        };
      }),
    })),
  };
}
