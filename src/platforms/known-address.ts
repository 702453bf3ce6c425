// A limit of every platform whose guests get an address that nobody knows before they start.
import { fail, type LyncimgError } from '../errors/index.js';
import type { MachineSpec } from './machine.js';

/**
 * The guest's certificate is made before the guest starts and holds the addresses that it may be reached at: a fixed
 * one, or each one of its network. Without either no name check could pass, and the check is never switched off.
 */
export function knownAddress(platform: string, { network }: MachineSpec): LyncimgError[] {
  if (network.range !== null || network.static !== null) return [];
  return [
    fail('E_PLATFORM_LIMIT', {
      platform,
      what: 'a machine on a network that lyncimg.yaml does not name',
      reason: 'its certificate must hold the address that it is reached at, which nobody knows beforehand',
      instead:
        'Give network.range (e.g. 10.1.2.0/24) or network.address (e.g. 10.1.2.30/24) in lyncimg.yaml.',
    }),
  ];
}
