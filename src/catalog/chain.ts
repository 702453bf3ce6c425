/** A role with those that it extends, the furthest ancestor first: the layers of its image. */
export function chainOf<Role extends { extends: Role | null }>(role: Role): Role[] {
  return role.extends === null ? [role] : [...chainOf(role.extends), role];
}
