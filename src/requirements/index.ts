/**
 * requirements: one file a kind of requirement (feature, hotfix, package, registry, service, firewall …).
 *
 * A kind says three things on one page: how it is written in a role (schema, resolve), how it is installed (Ansible
 * tasks as data) and how it is verified (the facts it wants, and how they are judged). So what is installed and what
 * is checked cannot drift apart. Judging is pure: facts that were kept can be judged again later. A question that
 * was not answered is `unknown`, never a fail and never a pass.
 *
 * Decided: names are stored as Windows spells them; ids are unique in a plan whatever the case they were written in;
 * a requirement of stage `machine` renders no task for an image, whatever its kind.
 *
 * This room does no I/O and knows no role, no plan, no Packer and no protocol; of an operating system it knows the
 * OsModel alone. It must never import the twin, nor the twin it: one cannot excuse the other.
 */
export { bootPackageOf, type BootPackage } from './boot-package.js';
export { detectionSchema } from './detection-schema.js';
export type * from './facts.js';
export type * from './kind.js';
export { kindNames, kindOf, kinds } from './kinds.js';
export {
  osIds,
  type Detection,
  type FeatureCatalogue,
  type FeatureEntry,
  type OsDescription,
  type OsId,
  type OsModel,
  type PackageCatalogue,
  type PackageEntry,
} from './os-model.js';
export { restartQueries, restartsWaiting } from './pending-reboot.js';
export { restartTask } from './restart.js';
export type * from './task.js';
