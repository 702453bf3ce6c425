// A limit of platforms on which nobody needs a disc that others do: it would be attached for nothing.
import { fail, type LyncimgError } from '../errors/index.js';
import type { MachineSpec } from './machine.js';

/** By which disc, why nobody needs it. */
export type Needless = Partial<Record<'drivers' | 'guestTools', string>>;

export function needlessDiscs(platform: string, machine: MachineSpec, needless: Needless): LyncimgError[] {
  const names = { drivers: 'drivers', guestTools: 'guest tools' } as const;
  return (['drivers', 'guestTools'] as const).flatMap((disc) => {
    const reason = needless[disc];
    if (reason === undefined || !machine[disc]) return [];
    return [
      fail('E_PLATFORM_LIMIT', {
        platform,
        what: `a machine with a disc of ${names[disc]}`,
        reason,
        instead: `Leave the disc of ${names[disc]} out of lyncimg.yaml for this platform.`,
      }),
    ];
  });
}
