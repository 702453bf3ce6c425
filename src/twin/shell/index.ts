/**
 * shell: WinRS shells of the modelled machine.
 *
 * A client sends a command line; here it is looked through (scripts come wrapped once or twice into -EncodedCommand),
 * recognised and answered from the model. What is known: Ansible's module bootstrap, its helper scripts (temporary
 * folder, put, fetch, remove), win_reboot's scripts, Packer's questions, and the few programs of `programs/`. Anything
 * else fails at the client with "the twin does not model …": no script is ever run.
 *
 * Decided: five shells a user on WinRM 2.0 and thirty on 3.0; a restart or power-off takes every shell away; output is answered at
 * once and in pieces that fit the smallest envelope that clients ask for.
 *
 * Knows nothing of envelopes, and of the machine only what its interface says.
 */
export { Shells } from './shells.js';
