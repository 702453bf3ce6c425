// Un-keying as a builder's shutdown_command: the guest takes back listener, certificate and password and powers itself
// off, in a scheduled task that outlives the connection which it cuts (playbooks/files/unkey.ps1).
import { attributes, type HclItem } from './hcl.js';

/** The command returns at once; the builder then waits for the machine to go off, and gives up after the time. */
export function unKeyShutdown(): HclItem[] {
  return attributes({
    shutdown_command: 'schtasks.exe /run /tn \\lyncimg\\unkey',
    // A server may finish updates before it goes off.
    shutdown_timeout: '30m',
  });
}
