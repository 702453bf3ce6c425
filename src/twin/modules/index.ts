/**
 * modules: what Ansible's `win_*` modules do to the machine, without PowerShell.
 *
 * Ansible sends a module's source and its arguments; only the arguments are read. One file a module, each written
 * from the PowerShell source of the installed collection: same defaults, same checks, same keys and words in the
 * answer, the same idea of "changed". The two ways in which modules read arguments are `basic.ts` and `legacy.ts`.
 *
 * Decided: an unknown module, and an option that the model has no answer for, fails by name ("the twin does not model
 * …"); nothing is ever taken for done unseen. Check mode asks the machine for the same answer without the change.
 *
 * Knows nothing of WS-Management; the machine's rules (what a feature needs, which hotfix applies) are not here.
 */
export { readPayload, type Payload } from './payload.js';
export { invalidPayload, runModule } from './run-module.js';
export { moduleNames } from './table.js';
