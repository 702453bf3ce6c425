// Restarts. Only what a module itself reports decides: a restart costs minutes on a real server.
import type { AnsibleTask } from './task.js';

/**
 * A restart that happens when the expression holds.
 *
 * reboot_timeout: the update of April 2014 alone configures itself for longer than the ten minutes that win_reboot
 * waits by default. post_reboot_delay: the module's first question would meet a machine that is still going down, and
 * each question that fails doubles the wait for the next.
 */
export function restartTask(name: string, when: string): AnsibleTask {
  return {
    name,
    comments: [],
    module: 'ansible.windows.win_reboot',
    args: { post_reboot_delay: 4, reboot_timeout: 3600 },
    when,
  };
}
