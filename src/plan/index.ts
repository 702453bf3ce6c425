/**
 * plan: from a role and an operating system to layers of ordered requirements, each layer with a digest.
 *
 * Pure: no file, clock or process is asked; what a plan depends on besides the catalogue (tool versions, media,
 * lyncimg's own content, the twin's model) is handed in as PlanEnvironment and ends in the digests. The same input
 * gives the same plan, byte for byte.
 *
 * Decided here: a role's list is a set, so order comes from the requirements (`after`, the kinds' phase, the id) and
 * never from the line that they stand on. A digest holds one part per input, so that a miss can say which changed; it
 * holds sources and the kinds' steps, never titles or positions. What only a deployed machine can have changes the
 * seal, not the layers.
 *
 * This room knows no platform, no tool and no kind by name.
 */
export { batches } from './batches.js';
export type { KindLookup } from './kinds.js';
export { makePlan } from './make-plan.js';
export { mediaOf } from './media-of.js';
export { planFromJson } from './plan-from-json.js';
export { planReportJsonSchema } from './schema.js';
export { selectRequirements, type Selection } from './select.js';
export { explainMiss, planReport, type LayerStanding, type PlanReport } from './standing.js';
export type * from './types.js';
