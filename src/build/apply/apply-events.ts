// What happens while a machine is changed, as data: whoever shows it words it.
import type { AnsibleEvent } from '../ansible-events.js';

export type ApplyEvent =
  | { type: 'run-started'; run: string; folder: string }
  | { type: 'warning'; message: string }
  /** Files are served to the machine. */
  | { type: 'serving'; at: string; files: number }
  | { type: 'ansible-started'; log: string }
  | AnsibleEvent;
