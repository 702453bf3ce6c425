// "Press any key to boot from CD or DVD": under UEFI Windows' medium asks this for five seconds, whatever is on the disk
// (under a BIOS it asks only where the disk could be started).
import { attributes, type HclItem } from './hcl.js';

/** A key every second for ten seconds: hypervisors need different times until they ask. */
export function pressAnyKey(): HclItem[] {
  return attributes({
    boot_wait: '1s',
    boot_command: ['<spacebar><wait1s>'.repeat(10)],
  });
}
