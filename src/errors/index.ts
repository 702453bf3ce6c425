/**
 * errors: every way in which lyncimg can end badly.
 *
 * One class carries a code of the catalogue, the facts, the place (as offsets) and what to do next. Wrong input is
 * data: stages that read collect problems and return them all; only what cannot be gone on with is thrown, and only
 * the base command catches. The printer alone turns offsets into line and column.
 *
 * This room knows nothing of Lync, Packer or Windows beyond the wording of its tables.
 */
export { catalogue, type Code, type FactsOf } from './catalogue.js';
export { fileFailure } from './file-failure.js';
export { fail, LyncimgError, ok, orThrow, ProblemsError, problems, type Checked } from './lyncimg-error.js';
export { formatWhere, lineAndColumn, type Position, type SourceText, type Where } from './position.js';
export { formatError } from './printer.js';
