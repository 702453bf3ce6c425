// Scheduled tasks. The twin's own two come with first boot: `boot` takes the key of an answer disc, `unkey` gives it
// back and powers off. Others can be made and are kept, but what they would run is not modelled.
import type { Guest } from './guest.js';
import type { GuestError, TaskOutcome } from './outcomes.js';
import type { MachineState } from './state.js';

export type ScheduledTask = MachineState['tasks'][string];

export const bootTask: ScheduledTask = {
  name: '\\lyncimg\\boot',
  run: 'lyncimg: take password, certificate and listener from the disc LYNCIMG',
  trigger: 'boot',
};
export const unkeyTask: ScheduledTask = {
  name: '\\lyncimg\\unkey',
  run: 'lyncimg: remove listener and certificate, scramble the password, power off',
  trigger: 'demand',
};

export function findTask(guest: Guest, name: string): ScheduledTask | undefined {
  return guest.state.tasks[taskKey(name)];
}

/** Overwrites one of that name, as schtasks /create /f does. */
export function createTask(guest: Guest, task: ScheduledTask): TaskOutcome {
  guest.state.tasks[taskKey(task.name)] = { ...task };
  return { ok: true };
}

export function deleteTask(guest: Guest, name: string): TaskOutcome {
  if (findTask(guest, name) === undefined) return { ok: false, error: noSuchTask() };
  guest.state.tasks = Object.fromEntries(
    Object.entries(guest.state.tasks).filter(([key]) => key !== taskKey(name)),
  );
  return { ok: true };
}

export function hasBootTask(state: MachineState): boolean {
  return state.tasks[taskKey(bootTask.name)] !== undefined;
}

/** Always with its folder and in lower case. */
export function taskKey(name: string): string {
  return `\\${name.trim().replace(/^\\+/, '')}`.toLowerCase();
}

export function noSuchTask(): GuestError {
  return {
    id: 'TaskNotFound',
    hresult: '0x80070002',
    message: 'The system cannot find the file specified.',
  };
}
