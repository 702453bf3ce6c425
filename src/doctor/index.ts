/**
 * doctor: what is here, and can it serve.
 *
 * It looks at everything before it speaks, and what it finds bad is data: a plan can be made without any tool, a build
 * cannot. It starts nothing but the short questions that tools/ asks, and changes nothing.
 */
export { inspectTools, type InspectedTools } from './inspect-tools.js';
