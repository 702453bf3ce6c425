/**
 * report: verdicts, plans and images as something that is read: by a person at a terminal, or by a machine.
 *
 * Every function takes data and returns a text; writing it somewhere is the caller's. Texts that came from a machine
 * under test lose terminal codes and forbidden characters here, at the last door. Failures come first everywhere, and
 * a rehearsal says so in plain sight.
 *
 * Refuses to know: how a verdict came about, where a report goes, what the exit code is.
 */
export { applyEnd, applyEventLine, applyList } from './apply-text.js';
export { doctorText } from './doctor-text.js';
export { imageListText, imageText, layerListText } from './image-text.js';
export { progressLine } from './fleet-text.js';
export { junit, suitesOf, type JudgedHost, type UnansweredHost } from './junit.js';
export { requirementText } from './requirement-text.js';
export { roleListText, roleMatrixText } from './role-list-text.js';
export { rolePage } from './role-page.js';
export { roleSheetText } from './role-sheet-text.js';
export {
  downloadLine,
  mediaAddedText,
  mediaFetchedText,
  mediaListText,
  mediaVerifiedText,
} from './media-text.js';
export { platformListText, platformSheetText } from './platforms-text.js';
export { planText } from './plan-text.js';
export { readinessText } from './readiness-text.js';
export { verdictTable } from './verdict-table.js';
export { windowsMediaText } from './windows-media-text.js';
