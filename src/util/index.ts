/**
 * util: small helpers with no better home. They know nothing of the product; what grows a subject of its own
 * moves to a room of its own.
 */
export { canonicalJson } from './canonical-json.js';
export { digestOf, sha256 } from './digest.js';
export { distinct } from './distinct.js';
export { durationInWords } from './duration-in-words.js';
export { writeFileAtomic } from './files.js';
export { nearest } from './nearest.js';
export { networkReason } from './network-reason.js';
export {
  bootId,
  isOfThisBoot,
  processIdentity,
  processStat,
  sameProcess,
  type ProcessIdentity,
  type ProcessStat,
} from './process-identity.js';
export { unreachable } from './unreachable.js';
export { nestsDeeper } from './yaml-depth.js';
