/**
 * requirements: one file a kind of requirement. (Header to be written by its owner.)
 */
export type * from './facts.js';
export type * from './kind.js';
export type * from './task.js';
export { osIds, type FeatureCatalogue, type FeatureEntry, type OsId, type OsModel } from './os-model.js';
