// One run of Packer: what it prints becomes phases, what Ansible tells of itself becomes tasks.
import { startTool, type RunningTool, type ToolEnded } from '../tools/index.js';
import { followAnsibleEvents, type AnsibleEvent } from './ansible-events.js';
import type { LayerPhase } from './events.js';

export interface PackerRunOptions {
  /** Absolute path of Packer. */
  packer: string;
  /** The layer's rendered folder. */
  folder: string;
  env: Record<string, string>;
  log: string;
  /** Where Ansible's callback plugin appends. */
  ansibleEvents: string;
  secrets: readonly string[];
  signal: AbortSignal;
  /** Aborted when going on makes no sense, such as when the guest has died. */
  giveUp: AbortSignal;
  onStarted: (tool: RunningTool) => Promise<void>;
  onPhase: (phase: LayerPhase) => void;
  onTask: (event: AnsibleEvent) => void;
}

export interface PackerRun {
  ended: ToolEnded;
  /** The last task that failed or lost the guest. */
  failedTask: { name: string; status: 'failed' | 'unreachable'; message: string } | null;
  /** The task that ran when it ended, if it had not finished. */
  openTask: string | null;
}

/** The template's provisioners (render/template.ts), in their order. */
const phases: readonly LayerPhase[] = ['ansible', 'gate', 'unkey'];
/** What Packer says before each shell-local provisioner, 1.6.6 and current. */
const provisionerStarts = /Running local shell script/;

export async function runPacker(options: PackerRunOptions): Promise<PackerRun> {
  let provisioners = 0;
  let failedTask: PackerRun['failedTask'] = null;
  let openTask: string | null = null;
  const takeEvent = (event: AnsibleEvent): void => {
    openTask = event.type === 'task-started' ? event.task : null;
    if (event.type === 'task-finished' && (event.status === 'failed' || event.status === 'unreachable')) {
      failedTask = { name: event.task, status: event.status, message: event.message };
    }
    options.onTask(event);
  };
  const tool = await startTool({
    file: options.packer,
    args: ['build', '-color=false', '.'],
    env: options.env,
    cwd: options.folder,
    log: options.log,
    secrets: options.secrets,
    signal: AbortSignal.any([options.signal, options.giveUp]),
    onLine: ({ text }) => {
      if (!provisionerStarts.test(text)) return;
      const phase = phases[provisioners++];
      if (phase !== undefined) options.onPhase(phase);
    },
  });
  const tail = followAnsibleEvents(options.ansibleEvents, takeEvent);
  try {
    await options.onStarted(tool);
    const ended = await tool.ended;
    await tail.stop();
    return { ended, failedTask, openTask };
  } finally {
    await tool.stop();
    await tail.stop();
  }
}
