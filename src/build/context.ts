// What every step of one build shares.
import type { Run, Store } from '../images/index.js';
import type { Plan } from '../plan/index.js';
import type { Platform } from '../platforms/index.js';
import type { makeCredentials } from './credentials.js';
import type { Happening } from './events.js';
import type { MachineSetup } from './machine-setup.js';
import type { Workbench } from './workbench.js';

export interface BuildContext {
  plan: Plan;
  platform: Platform;
  /** Where the plan's media lie that are no placeholders: path on the disc -> absolute path. */
  mediaFiles: ReadonlyMap<string, string>;
  /** Null where no machine is made: the guest is a child of the build. */
  setup: MachineSetup | null;
  store: Store;
  run: Run;
  /** TMPDIR of the children. */
  temporary: string;
  /** How lyncimg starts itself as a child. */
  selfCommand: string[];
  /** The environment of lyncimg itself. */
  environment: NodeJS.ProcessEnv;
  version: string;
  force: boolean;
  keepOnFailure: boolean;
  signal: AbortSignal;
  tell: (happening: Happening) => void;
  now: () => Date;
  makeCredentials: typeof makeCredentials;
  /** Opened by the first layer that must be built, then the same for all. */
  workbench: () => Promise<Workbench>;
}
