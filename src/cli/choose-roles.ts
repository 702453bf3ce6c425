// From the names that a user gave to roles: `--role a` is one machine, `--role a,b` one that holds both.
import { collocate, type Catalog, type RoleModel } from '../catalog/index.js';
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';

/** In the order given, each once; all problems at once. */
export function chooseRoles(names: readonly string[], catalog: Catalog): Checked<RoleModel[]> {
  const known = catalog
    .roles()
    .map(({ name }) => name)
    .sort();
  const found: LyncimgError[] = [];
  const machines = [...new Set(names)].flatMap((machine) => {
    const members = [...new Set(machine.split(',').map((name) => name.trim()))];
    const roles = members.flatMap((name) => {
      const role = catalog.role(name);
      if (role === undefined)
        found.push(fail('E_ROLE_UNKNOWN', { role: name, near: catalog.nearRoles(name), known }));
      return role ?? [];
    });
    if (roles.length < members.length) return [];
    const together = collocate(roles);
    if (together.ok) return [together.value];
    found.push(...together.problems);
    return [];
  });
  return found.length > 0 ? problems(found) : ok(machines);
}
