// shutdown.exe /r, /s and /a. Codes 1190 and 1116 and the way they are printed: ansible.windows' win_reboot and
// Packer's windows-restart look for them.
import type { Machine } from '../../machine.js';
import { failed, succeeded, type CommandResult } from '../result.js';
import { readSwitches } from './switches.js';

export function runShutdown(machine: Machine, words: string[]): CommandResult | undefined {
  const read = readSwitches(words, { flags: ['r', 's', 'a', 'f', 'p'], valued: ['t', 'c', 'd'] });
  if (read === undefined) return undefined;
  const { values } = read;
  const actions = ['r', 's', 'a', 'p'].filter((name) => values.has(name));
  if (actions.length !== 1) return undefined;
  const delaySeconds = actions[0] === 'p' ? 0 : Number(values.get('t') ?? '30');
  if (!Number.isInteger(delaySeconds) || delaySeconds < 0) return undefined;
  const message = values.get('c');
  const options = { delaySeconds, ...(message === undefined ? {} : { message }) };
  const outcome = run(machine, actions[0] ?? '', options);
  if (outcome.ok) return succeeded();
  return failed(`${outcome.error.message}\r\n`, outcome.error.code);
}

function run(
  machine: Machine,
  action: string,
  options: { delaySeconds: number; message?: string },
): ReturnType<Machine['restart']> {
  if (action === 'a') return machine.abortShutdown();
  return action === 'r' ? machine.restart(options) : machine.shutdown(options);
}
