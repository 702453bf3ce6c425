/**
 * verify: asks machines what is so, and says what that means for a role.
 *
 * A host becomes facts (one enumeration a class, however many requirements and roles read it), facts become verdicts.
 * Facts are data that can be kept: judging is pure and can be done again later, with the same result. Decided:
 * everything is read by WS-Management, no process is started on the machine under test; each question has its own
 * time limit, and one that fails leaves its own needs unknown and spoils no other; a host that cannot be asked is a
 * report full of unknowns with their cause, never a missing one; a credential is tried on one host before others are
 * asked, and a refusal ends its use; another Windows than the asserted one is one failure, not forty; an unconfirmed
 * need that is not met is a warning.
 *
 * Refuses to know: Packer, Ansible and the build; how a verdict looks on a screen or in a file; where requirements
 * come from; what a requirement means (its kind says that); how a connection is made (it is given one).
 */
export { askFleet, type FleetOptions, type HostAddress } from './ask-fleet.js';
export { queriesFor, type Assignment, type Subject } from './assignment.js';
export { collectFacts, type Collected } from './collect-facts.js';
export { CredentialGuard } from './credential-guard.js';
export { factsFromText, factsText, hostFactsJsonSchema } from './facts-schema.js';
export { factsFrom, type HostFacts } from './host-facts.js';
export { saysItIsATwin } from './identity.js';
export { judgeAll, type JudgeOptions, type KindLookup } from './judge.js';
export { judgeHost, verifyReport } from './judge-host.js';
export { mergeQueries } from './merge-queries.js';
export { decideOs, versionOfIdentify, type OsName } from './operating-system.js';
export { assessHost, readinessReport } from './readiness.js';
export {
  readinessReportJsonSchema,
  verifyReportFromJson,
  verifyReportJsonSchema,
  verifyReportSchema,
} from './report-schema.js';
export type * from './types.js';
