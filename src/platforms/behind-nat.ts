// A limit of platforms whose guests are behind the hypervisor's own NAT and are reached by a forwarded port.
import { fail, type LyncimgError } from '../errors/index.js';
import type { MachineSpec } from './machine.js';

export function behindNat(platform: string, { network }: MachineSpec): LyncimgError[] {
  if (network.static === null) return [];
  return [
    fail('E_PLATFORM_LIMIT', {
      platform,
      what: `a machine with the address ${network.static.address}`,
      reason: 'it is behind a NAT that gives it an address, and is reached by a port on loopback',
      instead: 'Take network.address out of lyncimg.yaml; a deployed machine gets its own.',
    }),
  ];
}
