// The machine described for `setup` and the CIM classes.
import type { Guest } from './guest.js';
import { osFacts } from './os.js';
import type { MachineFacts } from './outcomes.js';

/** The built-in administrator of this model: RID 500 of a made-up machine SID. */
const administratorSid = 'S-1-5-21-1004336348-1177238915-682003330-500';

export function machineFacts(guest: Guest): MachineFacts {
  const { computer, power, installedAt, pendingReboot, timeZone } = guest.state;
  const suffix = computer.dnsSuffix === '' ? (computer.domain ?? '') : computer.dnsSuffix;
  return {
    os: osFacts(guest.os, guest.state),
    computerName: computer.name,
    domain: computer.domain,
    workgroup: computer.workgroup,
    dnsSuffix: computer.dnsSuffix,
    fqdn: suffix === '' ? computer.name : `${computer.name}.${suffix}`,
    memoryMb: computer.memoryMb,
    processors: computer.processors,
    adapters: computer.adapters,
    disks: guest.state.disks,
    bootedAt: new Date(power.bootedAt ?? installedAt),
    now: guest.now(),
    installedAt: new Date(installedAt),
    rebootPending: pendingReboot.length > 0,
    timeZone,
    user: { name: 'Administrator', sid: administratorSid, profile: 'C:\\Users\\Administrator' },
  };
}
