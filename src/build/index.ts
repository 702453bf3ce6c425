/**
 * build: the graph runner, and the only place that starts Packer and Ansible.
 *
 * A build is a chain of layers and the image at its end. A layer depends on the store and on nothing else: what is
 * there is taken, what is missing is baked, one writer at a time. Baking is a run of Packer on a guest that got a key
 * of its own (CA, certificate, password) for this run alone; the guest is looked at with our own client first, judged
 * by the gate inside Packer's run, un-keyed, and must switch itself off, or nothing is kept.
 *
 * Everything that happens is an event; nothing here prints. Stopping is designed: the signal ends children by their
 * groups, the key goes in a `finally`, and what a kill -9 leaves is cleared up by the next command.
 *
 * This room does not know what a requirement is, how verdicts come about, or what the twin is: it starts it like any
 * program, reads one line from it, and the few words of its state that say how it ended.
 */
export type { ApplyEvent } from './apply/apply-events.js';
export { chooseNeeds, type ChosenNeeds, type WhyLeft } from './apply/choose-needs.js';
export { readyAnsible } from './apply/ready-ansible.js';
export { runApply, type ApplyOutcome } from './apply/run-apply.js';
export type { MachineSetup } from './machine-setup.js';
export { guestAddresses } from './guest-network.js';
export type { BuildEvent, EventSink, LayerPhase } from './events.js';
export { endKeptRun } from './end-kept.js';
export { recoverKilledRuns } from './recover.js';
export { runBuild, type BuildOptions, type BuildOutcome } from './run-build.js';
