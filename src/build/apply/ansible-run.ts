// One run of ansible-playbook, in a group of its own; what happens in it is told by its own callback plugin.
import { startTool, type RunningTool, type ToolEnded } from '../../tools/index.js';
import { followAnsibleEvents, type AnsibleEvent } from '../ansible-events.js';

export interface AnsibleRunOptions {
  /** Absolute path of ansible-playbook. */
  ansible: string;
  /** With inventory.yml and playbook.yml. */
  folder: string;
  env: Record<string, string>;
  log: string;
  /** Where the callback plugin appends. */
  events: string;
  secrets: readonly string[];
  signal: AbortSignal;
  onStarted: (tool: RunningTool) => Promise<void>;
  onTask: (event: AnsibleEvent) => void;
}

export interface FailedTask {
  name: string;
  status: 'failed' | 'unreachable';
  message: string;
}

export interface AnsibleRun {
  ended: ToolEnded;
  /** The first task that failed or lost the machine: what runs after it only clears up. */
  failedTask: FailedTask | null;
}

/** Throws the reason of the signal. */
export async function runAnsible(options: AnsibleRunOptions): Promise<AnsibleRun> {
  const { ansible, folder, env, log, secrets, signal } = options;
  let failedTask: FailedTask | null = null;
  const tool = await startTool({
    ...{ file: ansible, env, log, secrets, signal, cwd: folder },
    args: ['--inventory', 'inventory.yml', 'playbook.yml'],
  });
  const tail = followAnsibleEvents(options.events, (event) => {
    if (event.type === 'task-finished' && (event.status === 'failed' || event.status === 'unreachable'))
      failedTask ??= { name: event.task, status: event.status, message: event.message };
    options.onTask(event);
  });
  try {
    await options.onStarted(tool);
    const ended = await tool.ended;
    await tail.stop();
    signal.throwIfAborted();
    return { ended, failedTask };
  } finally {
    await tool.stop();
    await tail.stop();
  }
}
