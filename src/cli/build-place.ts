// Where a build may run: there is no silent default, because a rehearsal must be asked for.
import { loadWorkspace } from '../catalog/index.js';
import { fail } from '../errors/index.js';

export interface BuildPlace {
  /** The folder in which the command was started. */
  folder: string;
  platform: string | undefined;
  os: string | undefined;
  roles: readonly string[] | undefined;
}

/** Throws E_BUILD_WORKSPACE where neither flag nor lyncimg.yaml names a platform. */
export async function requirePlatform({ folder, platform, os, roles }: BuildPlace): Promise<void> {
  if (platform !== undefined) return;
  const loaded = await loadWorkspace(folder);
  // A wrong lyncimg.yaml is reported by the planning, with everything else that is wrong.
  if (!loaded.ok) return;
  const workspace = loaded.value;
  if (workspace?.platform !== undefined) return;
  throw fail('E_BUILD_WORKSPACE', {
    folder,
    missing: workspace === null ? 'no lyncimg.yaml' : 'a lyncimg.yaml without `platform:`',
    os: os ?? workspace?.os ?? '2012r2',
    // Where lyncimg.yaml names roles, the command offered need not.
    role: roles?.[0] ?? (workspace !== null && workspace.roles.length > 0 ? null : 'front-end'),
  });
}
