// How a machine at rest gets a key when it starts, by what it is: a boot task takes the disc's; a sealed machine takes
// none from a disc; a person who starts a twin by hand brings one, made here.
import { administrator, makePassword, type AccessKey } from './access.js';
import { checkedPassword } from './answer-disc.js';
import type { Machine } from './machine.js';
import type { MachineState } from './state.js';
import { hasBootTask } from './tasks.js';

/** What the boot task makes of a disc: false when there is no task, and so nothing happens. */
export function takeDiscKey(machine: Machine): boolean {
  if (!hasBootTask(machine.state)) return false;
  machine.state.access = 'keyed';
  machine.journal('boot task: disc LYNCIMG found; password, certificate and listener taken from it');
  return true;
}

/** A key made for one start by hand; the password is made too where none is given. */
export async function makeOwnKey(
  password: string | undefined,
  now: Date,
): Promise<AccessKey & { passwordMade: boolean }> {
  // The certificate library is only loaded where a certificate is made: builds bring theirs.
  const { makeCertificates } = await import('./certificate.js');
  const certificates = await makeCertificates(now);
  return {
    ...certificates,
    password: password === undefined ? makePassword() : checkedPassword(password),
    passwordMade: password === undefined,
  };
}

export function takeOwnKey(machine: Machine): void {
  machine.state.access = 'keyed';
  machine.journal(`a person set the password of ${administrator} and an HTTPS listener`);
}

/**
 * The state as it is written down. A guest that switched itself off without un-keying stays `keyed`: on a real disk
 * password and certificate would still be there, and whoever wants the layer must know. When the host pulls the plug
 * the model forgets them, as a discarded disk would.
 */
export function stateAtRest(state: MachineState): MachineState {
  const copy = structuredClone(state);
  if (copy.access === 'keyed' && copy.power.offBy !== 'guest') copy.access = withoutKey(copy);
  return copy;
}

function withoutKey(state: MachineState): 'unkeyed' | 'sealed' {
  return hasBootTask(state) ? 'unkeyed' : 'sealed';
}
