/**
 * cli: what commands share: the base command (flags, signals, errors), the choice of sinks, exit codes.
 *
 * Commands declare, parse, call and print; what two of them need stands here. Child processes and the twin are out of
 * reach of this room.
 */
export { BaseCommand } from './base-command.js';
export { requirePlatform } from './build-place.js';
export { builtImageOf, buildResultJsonSchema, type BuildResult, type BuiltImage } from './build-result.js';
export { readAuthorities } from './authorities.js';
export { parseHostAddress } from './host-address.js';
export { parseOptionValues } from './option-values.js';
export { openState } from './open-state.js';
export { planningFlags, planRoles } from './planning.js';
export { readPassword } from './password.js';
export { checkReportFiles, jsonText, writeReportFile } from './report-files.js';
export { isAboutHost, unanswered } from './unanswered-host.js';
export { exitCodeOf } from './verify-exit.js';
export { subjectOfPlan, subjectOfRole } from './verify-subject.js';
export { stateFolder } from './state-folder.js';
export { chooseSinks } from './sinks/choose-sinks.js';
