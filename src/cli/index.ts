/**
 * cli: what commands share: the base command (flags, signals, errors), the choice of sinks, exit codes.
 *
 * Commands declare, parse, call and print; what two of them need stands here. Child processes and the twin are out of
 * reach of this room.
 */
export { BaseCommand } from './base-command.js';
export { requirePlatform, type BuildPlace } from './build-place.js';
export {
  builtImageOf,
  buildResultJsonSchema,
  buildResultSchema,
  type BuildResult,
  type BuiltImage,
} from './build-result.js';
export { readAuthorities } from './authorities.js';
export { parseHostAddress, type HostAddress } from './host-address.js';
export { parseOptionValues } from './option-values.js';
export { planningFlags, planRoles, type Planned, type PlanningRequest } from './planning.js';
export { readPassword } from './password.js';
export { checkReportFiles, jsonText, writeReportFile } from './report-files.js';
export { isAboutHost, unanswered } from './unanswered-host.js';
export { exitCodeOf } from './verify-exit.js';
export { subjectOfPlan, subjectOfRole, type Subject } from './verify-subject.js';
export { stateFolder, type StatePlace } from './state-folder.js';
export { chooseSinks } from './sinks/choose-sinks.js';
