/**
 * media: what comes from Microsoft, and what stands in for it in a rehearsal.
 *
 * A file that the user gives always wins, and is checked against its SHA-256 where one is known. Where none is given, a
 * rehearsal gets a placeholder, which says in its own text that it is one; it is told apart from a file by that text
 * and not by who brought it, so that no placeholder ever counts as a file. Everything else is an error.
 *
 * This room does not know which requirement wants a file, nor which guest takes it.
 */
export { placeholderItem, placeholderText } from './placeholder.js';
export { prepareMedia } from './prepare-media.js';
export type { MediaItem, WantedFile } from './types.js';
