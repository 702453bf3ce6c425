/**
 * doctor: what is here, and can it serve.
 *
 * It looks at everything before it speaks, and what it finds bad is data: a plan can be made without any tool, a build
 * cannot. What it says is proved by doing where that can be done: a guest is booted, a folder is written to, a port is
 * reached; nothing of it is left. What it could not find out it calls unknown. Names of secrets it tells, never values.
 *
 * It changes nothing and mends nothing: each finding says what would. It does not know the plan: how much is to be
 * baked comes in as numbers.
 */
export { askAnsiblePython, legacyProvider } from './ansible-python.js';
export { doctorReportJsonSchema, type DoctorReport, type Finding } from './doctor-schema.js';
export { examine, preflight, problemsOf, type Examination, type Preflight } from './examine.js';
export { inspectTools, type InspectedTools } from './inspect-tools.js';
export { platformHere } from './platform-here.js';
export type { BakePlace, BakeSize, WantedMedia } from './wanted.js';
