// The clock: a build's certificates hold from 24 hours before now to 72 hours after, and the guest's clock need not
// agree with this one.
import { stat } from 'node:fs/promises';
import type { Finding } from './doctor-schema.js';
import { found } from './finding.js';

/** lyncimg is not older than this, and a certificate's UTCTime ends with 2049 (RFC 5280, 4.1.2.5). */
const years = { from: 2026, to: 2049 };

/** systemd-timesyncd touches it at each successful synchronisation (systemd-timesyncd.service(8)). */
const synchronised = '/run/systemd/timesync/synchronized';

export interface ClockOptions {
  now?: Date;
  synchronisedFile?: string;
}

/** Node cannot ask the kernel (adjtimex), so whether another service keeps the clock is not known. */
export async function checkClock({
  now = new Date(),
  synchronisedFile = synchronised,
}: ClockOptions = {}): Promise<Finding> {
  const time = now.toISOString().slice(0, 16).replace('T', ' ');
  const concern =
    "A build's certificates are valid from 24 hours before now to 72 hours after, by both clocks.";
  const fix = ['timedatectl set-ntp true', 'Or set it by hand: date --set "YYYY-MM-DD HH:MM"'];
  const year = now.getUTCFullYear();
  if (year < years.from || year > years.to)
    return found('clock', 'problem', `The clock says ${time} UTC, which cannot be.`, {
      detail: concern,
      fix,
    });
  const what = `The clock says ${time} UTC`;
  const kept = await stat(synchronisedFile).then(
    () => true,
    () => false,
  );
  if (kept) return found('clock', 'ok', `${what}, synchronised by systemd-timesyncd.`);
  return found('clock', 'unknown', `${what}; whether anything keeps it right is not known.`, {
    detail: `${concern} systemd-timesyncd does not keep it; chrony or the host of a virtual machine may.`,
    fix: ['Compare it with another clock, or: timedatectl status'],
  });
}
