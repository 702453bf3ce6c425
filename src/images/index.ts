/**
 * images: the store of layers and images, and of the runs that make them.
 *
 * What is in the store was put there whole: written beside its place, synced, renamed. What is read from it is not
 * believed before its manifest was parsed and its files' digests were checked. One process at a time makes a digest;
 * two that publish the same agree, since the first stays. A run is a folder that says whose it is, so that the next
 * command can tell a run that goes on from one whose process was killed, and can end what that left. Kept runs are
 * never cleared up.
 *
 * This room starts and ends no process: whoever recovers runs hands in how. It does not know how a layer is made.
 */
export { type Lock, type LockHolder, type LockOptions } from './lock.js';
export { type LeftProcess } from './recover-runs.js';
export { imageReference } from './reference.js';
export { type FinishedState, type Run, type RunProcess, type RunRecord } from './run.js';
export {
  openStore,
  type NewImage,
  type NewLayer,
  type Published,
  type PublishOptions,
  type Store,
} from './store.js';
export type { ImageManifest, LayerManifest, Stored, ToolVersions } from './types.js';
