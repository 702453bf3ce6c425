/**
 * first boot: what happens inside a guest between the end of Windows Setup and the moment that Ansible can speak to it,
 * and at each start of a later layer: scripts for cmd.exe, and the key that they take.
 *
 * The answer file starts first-boot.cmd from the answer disc, once. That makes a boot task and starts it; the task runs
 * boot.cmd as SYSTEM, now and at every later start; boot.cmd does what key.cmd on the answer disc says. So the layers have
 * one way in, an old layer gets the steps of a new lyncimg, and each step is logged on the guest and told to its first
 * serial port, which is all that is left to read where WinRM never comes up.
 *
 * Decided here: no listener before all steps before it are done; a restart with the same key changes nothing; no
 * PowerShell, because 2008 R2 starts with one that Ansible's modules do not know and an execution policy may forbid it.
 */
export type { BootPackage } from '../../requirements/index.js';
export { bootScript } from './boot-script.js';
export { firstLogonCommand } from './first-logon.js';
export { bootPackages } from './packages.js';
export { renderFirstBoot } from './render-first-boot.js';
export { guestName } from './request.js';
