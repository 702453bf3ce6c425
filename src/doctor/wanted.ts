// What is wanted of this machine: the question that all checks are asked.
import type { BakingChoices, CatalogOs } from '../catalog/index.js';
import type { MediaLock, NeededFile } from '../media/index.js';
import type { MachineSpec, Platform, PlatformSettings } from '../platforms/index.js';

/** Where it is to be baked. */
export interface BakePlace {
  platform: Platform;
  settings: PlatformSettings;
}

/** How much is to be baked. */
export interface BakeSize {
  layers: number;
  images: number;
  /** Of the files whose size is known. */
  mediaBytes: number;
  /** How many files nobody says the size of. */
  mediaWithoutSize: number;
}

/** How the machine is made, for one operating system on one platform. */
export interface BakeMachine {
  spec: MachineSpec;
  choices: BakingChoices;
}

export interface Wanted {
  /** Null: only what concerns every platform. */
  place: BakePlace | null;
  /** One, or all that there are. */
  systems: readonly CatalogOs[];
  /** Null where no single system or no platform is asked for. */
  machine: BakeMachine | null;
  /** Null where no role is asked for. */
  size: BakeSize | null;
  /** The payload of .NET Framework 3.5 comes from elsewhere than Windows' own medium. */
  netfx3Elsewhere: boolean;
  /** Absolute path of the folder of layers, images and runs; it need not be there. */
  stateFolder: string;
  /** The environment of lyncimg itself. */
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** Which files of Microsoft's are needed, and where they may lie. */
export interface WantedMedia {
  os: string;
  /** Each path once. */
  files: readonly NeededFile[];
  lock: MediaLock;
}
