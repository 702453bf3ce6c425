// Sealing on the twin: a copy of a state without the tasks, the files and the traces of the bake. It stands for
// sysprep and clean-up, of which it models only what the next start shows.
import { fail } from '../errors/index.js';
import type { MachineState } from './state.js';
import { bootTask, taskKey, unkeyTask } from './tasks.js';

/** Throws E_TWIN_SEAL when the state is none that could be sealed. The given state stays as it is. */
export function sealState(state: MachineState, now: Date): MachineState {
  const reason = whyNot(state);
  if (reason !== null) throw fail('E_TWIN_SEAL', { reason });
  const own = [taskKey(bootTask.name), taskKey(unkeyTask.name)];
  return {
    ...structuredClone(state),
    access: 'sealed',
    // Users' files go with their profiles; %TEMP% is one of them.
    files: outsideOfProfiles(state.files),
    folders: outsideOfProfiles(state.folders),
    tasks: Object.fromEntries(Object.entries(state.tasks).filter(([key]) => !own.includes(key))),
    journal: [{ at: now.toISOString(), text: 'seal: boot task removed' }],
  };
}

function whyNot(state: MachineState): string | null {
  if (state.access === 'sealed') return 'it is sealed already';
  if (state.access === 'keyed')
    return 'its un-key task never ran: password and certificate would stay in the image';
  // Sysprep refuses as well (general knowledge).
  if (state.pendingReboot.length > 0) return `a restart is pending (${state.pendingReboot.join(', ')})`;
  return null;
}

function outsideOfProfiles<T>(table: Record<string, T>): Record<string, T> {
  const temporary = ['c:\\users\\', 'c:\\windows\\temp\\'];
  return Object.fromEntries(
    Object.entries(table).filter(([key]) => !temporary.some((folder) => key.startsWith(folder))),
  );
}
