// .NET that comes as a package of servicing: in force only when the restart completes the package. That the release
// number does not rise before is a strict choice (low).
import type { Guest } from './guest.js';
import { packageTable } from './package-table.js';
import type { MachineState } from './state.js';
import { updateTable } from './update-table.js';

/** What a restart does to .NET, before it completes the packages that wait for one. */
export function completeDotNet(guest: Guest): void {
  for (const { kb, state } of guest.state.hotfixes) {
    if (state !== 'pending') continue;
    const dotNet = dotNetOf(kb, guest.os.id);
    if (dotNet !== null && dotNet.release > (guest.state.dotNet?.release ?? 0))
      guest.state.dotNet = { ...dotNet };
  }
}

function dotNetOf(kb: string, os: string): MachineState['dotNet'] {
  const installer = packageTable.find((entry) => entry.hotfix === kb && entry.os.includes(os));
  const update = updateTable.find((entry) => entry.kb === kb && entry.os === os && entry.apart === null);
  return installer?.dotNet ?? update?.dotNet ?? null;
}
