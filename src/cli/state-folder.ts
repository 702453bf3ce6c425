// Where layers, images and runs lie.
import { resolve } from 'node:path';
import type { Workspace } from '../catalog/index.js';

export interface StatePlace {
  /** `--output`, as typed. */
  flag: string | undefined;
  env: NodeJS.ProcessEnv;
  workspace: Workspace | null;
  /** The folder in which the command was started. */
  folder: string;
}

/** Absolute: `--output`, else LYNCIMG_HOME, else what lyncimg.yaml says, else `.lyncimg` here. */
export function stateFolder({ flag, env, workspace, folder }: StatePlace): string {
  // An empty variable is one that is not set, as in a shell's ${LYNCIMG_HOME:-…}.
  const chosen = flag ?? (env['LYNCIMG_HOME'] === '' ? undefined : env['LYNCIMG_HOME']);
  return chosen === undefined ? (workspace?.output ?? resolve(folder, '.lyncimg')) : resolve(folder, chosen);
}
