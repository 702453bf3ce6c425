/**
 * verify: asks a machine what is so, and says what that means for a role.
 *
 * A host becomes facts (one enumeration a class, however many requirements read it), facts become verdicts. Facts are
 * data that can be kept: judging is pure and can be done again later. Decided: everything is read by WS-Management,
 * no process is started on the machine under test; one class that fails leaves its own needs unknown and spoils no
 * other; a refused password is sent once; a machine of another operating system is an error, not forty failures; an
 * unconfirmed need that is not met is a warning.
 *
 * Refuses to know: Packer, Ansible and the build; how a verdict looks on a screen or in a file; where requirements
 * come from; what a requirement means (its kind says that).
 */
export { collectFacts } from './collect-facts.js';
export { factsFrom, type FactsDocument, type HostIdentity } from './facts-document.js';
export { saysItIsATwin } from './identity.js';
export { judgeAll, type KindLookup } from './judge.js';
export { mergeQueries } from './merge-queries.js';
export { versionOfIdentify } from './operating-system.js';
export { verifyReportFromJson, verifyReportJsonSchema } from './report-schema.js';
export type * from './types.js';
export { reportOn, verifyHost, type Question } from './verify-host.js';
