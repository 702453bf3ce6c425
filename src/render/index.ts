/**
 * render: a plan becomes files: a Packer template and a playbook for each layer, an inventory, a README.
 *
 * Rendering is pure, a map of path to text; only `readHandWritten` and `writeRendered` touch a disk, and nothing here
 * starts a process. Decided here: one template for Packer 1.6.6 and current Packer, what only the latter understands
 * in a file of its own; connections by environment, so that no file and no command line holds a secret; a role's texts
 * are data in HCL, YAML, Jinja and comments alike. A folder is written whole or not at all, never over somebody's work.
 *
 * This room asks kinds for tasks and platforms for sources; it knows none of them by name.
 */
export { renderAnswerDisc, type AnswerChoices } from './answer-disc.js';
export { fileFetched } from './apply-media.js';
export { renderApply, restartHeldBack, type ApplyRequest } from './apply-playbook.js';
export { mayRestart, whatSettles, type ApplyContext } from './apply-tasks.js';
export { bootPackages, guestName } from './first-boot/index.js';
export { contentDigest, readHandWritten, type HandWritten } from './hand-written.js';
export { layerFolder } from './layer-folder.js';
export { renderPlan } from './render-plan.js';
export { writeRendered } from './write-rendered.js';
