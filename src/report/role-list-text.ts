// The roles, and where each runs, as tables for a terminal.
import type { RoleList, RoleMatrix } from '../explain/index.js';
import { columns } from './columns.js';

/** Ends with a newline. */
export function roleListText({ roles }: RoleList): string {
  const rows = roles.map(({ name, title, abstract, extends: parent, supports }) => [
    name,
    abstract ? '(ground)' : '',
    supports.join(' '),
    parent ?? '',
    title,
  ]);
  return `${columns([['role', '', 'systems', 'extends', 'title'], ...rows]).join('\n')}\n`;
}

/** A cell is `image + machine` requirements, of which so many depend on an option; `-` where it is not supported. */
export function roleMatrixText({ systems, roles }: RoleMatrix): string {
  const rows = roles.map(({ role, cells }) => [
    role,
    ...cells.map(({ requirements }) => {
      if (requirements === null) return '-';
      const { image, machine, conditional } = requirements;
      return `${String(image)}+${String(machine)}${conditional > 0 ? ` (${String(conditional)} optional)` : ''}`;
    }),
  ]);
  const legend =
    'Requirements of the image + of the deployed machine; optional ones depend on an option of the role.';
  return `${columns([['role', ...systems.map(({ id }) => id)], ...rows]).join('\n')}\n\n${legend}\n`;
}
