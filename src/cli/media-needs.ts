// Which media files are needed: by the roles asked for, or by any role at all.
import { isFor, resolveItem, type Catalog } from '../catalog/index.js';
import type { NeededFile, WantedFile } from '../media/index.js';
import { mediaOf } from '../plan/index.js';
import { planningFlags, selectRoles, type SelectionRequest } from './planning.js';

const { os, role, option } = planningFlags;

/** The flags of `plan` but the platform: what is needed is the same on all of them. */
export const mediaFlags = { os, role, option };

/** Each file once, in order of path, with the roles that need it; throws as planning does. */
export async function neededMedia(request: SelectionRequest): Promise<{ os: string; files: NeededFile[] }> {
  const { os: system, selections, workspace } = await selectRoles(request, () => null);
  const files = new Map<string, NeededFile>();
  for (const { role: asked, chain } of selections) {
    const requirements = chain.flatMap((link) => link.requirements);
    for (const file of mediaOf(requirements, workspace?.netfx3Source ?? null)) {
      const others = files.get(file.path)?.roles ?? [];
      files.set(file.path, { ...file, roles: [...others, asked.name] });
    }
  }
  return { os: system.id, files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** Every file that any role needs on any operating system, whatever its options are: what `media add` can recognise. */
export function knownMedia(catalog: Catalog): WantedFile[] {
  const files = new Map<string, WantedFile>();
  for (const system of catalog.systems()) {
    for (const { name, supports, items } of catalog.roles()) {
      if (!supports.includes(system.id)) continue;
      const requirements = items
        .filter((item) => isFor(item, system.id))
        .map((item) => resolveItem({ item, role: name, os: system }))
        .flatMap((resolved) => (resolved.ok ? [resolved.value] : []));
      // Two systems may have two files of one path: both can be recognised.
      for (const file of mediaOf(requirements, null)) files.set(`${file.path}|${file.sha256 ?? ''}`, file);
    }
  }
  return [...files.values()];
}
