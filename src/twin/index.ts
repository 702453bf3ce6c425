/**
 * twin: a modelled Windows server that speaks real WS-Management on loopback.
 *
 * One state (state.ts) is all that there is of a machine; rules as Windows has them change it (features, hotfixes,
 * registry, services, files, power), and protocols show it (CIM, WinRS shells, Ansible's modules by their arguments).
 * What is modelled on what evidence stands beside each rule and in docs/fidelity.md.
 *
 * Decided: it is a model and says so, in Identify, as manufacturer and on the volume; what it was not taught fails at
 * the client with "the twin does not model …" and is never guessed; a machine at rest has no key; it listens on
 * loopback only; no script that reaches it is ever run.
 *
 * It refuses to know what the product believes of roles, requirements and verdicts: it reads the feature catalogue as
 * data and shares the wire with the product, nothing else, so that neither can excuse the other.
 */
export { readDeployment } from './deploy.js';
export type { Deployment } from './deployment-schema.js';
export { twinModelDigest } from './model-digest.js';
export { modelledOsIds } from './os.js';
export { sealState } from './seal.js';
export { startTwin, type ReadyLine, type RunningTwin, type StartOptions } from './start-twin.js';
export type { MachineState } from './state.js';
export { readState, writeState } from './state-file.js';
