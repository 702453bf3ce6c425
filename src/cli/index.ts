/**
 * cli: what commands share: the base command (flags, signals, errors), the choice of sinks, exit codes.
 *
 * Commands declare, parse, call and print; what two of them need stands here. Child processes and the twin are out of
 * reach of this room.
 */
export { BaseCommand } from './base-command.js';
export { requirePlatform } from './build-place.js';
export { builtImageOf, buildResultJsonSchema, type BuildResult, type BuiltImage } from './build-result.js';
export { answerChoices } from './answer-choices.js';
export { applyFlags, readOneMachine, type OneMachine } from './apply-flags.js';
export { lookAtMachine, type Look } from './apply-look.js';
export { readMachine, type ReachedMachine } from './apply-machine.js';
export { applyRequest, filesToApply, planApply, type ApplyPlan } from './apply-plan.js';
export { applyResult, applyResultJsonSchema, type ApplyEnd, type ApplyResult } from './apply-result.js';
export { askHosts } from './ask-hosts.js';
export { readAuthentication } from './authentication.js';
export { readTls, tlsWarning } from './connection-flags.js';
export { confirm } from './confirm.js';
export { examinationOf, preflightOf } from './examination.js';
export { readFacts } from './facts-file.js';
export { winrmPorts } from './host-address.js';
export { readHosts } from './host-list.js';
export { loadCatalogue } from './load-catalogue.js';
export { requireOs, requireRole } from './look-up.js';
export { parseOptionValues } from './option-values.js';
export { openState } from './open-state.js';
export { machineSetup } from './machine-setup.js';
export { downloadSink } from './media-progress.js';
export { knownMedia, mediaFlags, neededMedia } from './media-needs.js';
export { planMachine } from './plan-machine.js';
export { planningFlags, planRoles } from './planning.js';
export { checkReportFiles, jsonText, writeReportFile } from './report-files.js';
export { verifyFlags } from './verify-flags.js';
export { assignmentOfPlan, assignmentOfRoles } from './verify-subject.js';
export { schemaFiles, workspaceFiles, writeNewFiles } from './workspace-files.js';
export { stateFolder } from './state-folder.js';
export { chooseSinks } from './sinks/choose-sinks.js';
