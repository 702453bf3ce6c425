/**
 * explain: what the catalogue knows, as documents: which roles there are, what one needs on one system and on whose
 * word, who needs one requirement and what breaks without it, and which role runs where.
 *
 * Pure: from a loaded catalogue to data. Conditional requirements are listed with their condition instead of being
 * decided: the reader has not chosen options yet.
 *
 * This room does no I/O, judges nothing and words nothing: report makes text of its documents, the reference pages of
 * the roles are made from the same ones.
 */
export { explainSchemas } from './json-schemas.js';
export { listRoles } from './role-list.js';
export { roleMatrix } from './role-matrix.js';
export { roleSheet } from './role-sheet.js';
export { findRequirement } from './requirement-sheet.js';
export type * from './schemas.js';
