/**
 * catalog: YAML in, a typed model or a list of problems out.
 *
 * It reads what the package brings (operating systems with their features, documents, roles) and what a workspace
 * adds (lyncimg.yaml, roles of its own), and checks all of it: shape, names, inheritance, and that every requirement
 * means something on every system that its role supports. Whoever holds a model need not check it again.
 *
 * Decided: files are hostile until parsed (size, aliases and depth are limited); every problem of a file is reported
 * at once, each at its place; a requirement is checked by the schema of its own kind alone; names of files in
 * messages are relative to the package or the workspace, so that a plan is the same wherever it is made.
 *
 * This room refuses to know how anything is installed or verified, which role is built, and the twin.
 */
export { plainBaking } from './baking-choices.js';
export { chainOf } from './chain.js';
export { collocate } from './collocate.js';
export { jsonSchemas } from './json-schemas.js';
export { checkRoleFile, loadCatalog, loadSystems, type CatalogPlace } from './load-catalog.js';
export { loadProject } from './load-project.js';
export type * from './model.js';
export { parseOsId } from './os-id.js';
export { isFor, resolveItem } from './resolve-item.js';
export { loadWorkspace } from './workspace.js';
