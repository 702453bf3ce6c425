// Restarts. Only what a module itself reports decides: a restart costs minutes on a real server.
import type { AnsibleTask } from './task.js';

/**
 * A restart that happens when the expression holds. The update of April 2014 alone configures itself for longer
 * than the ten minutes that win_reboot waits by default.
 */
export function restartTask(name: string, when: string): AnsibleTask {
  return {
    name,
    comments: [],
    module: 'ansible.windows.win_reboot',
    args: { reboot_timeout: 3600 },
    when,
  };
}
