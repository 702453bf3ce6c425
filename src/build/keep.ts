// --keep-on-failure: the guest stays for a look. Its password is then written down, for its owner's eyes only; the run
// is recorded as kept, so that no later command clears it up.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from './context.js';
import type { LayerPlaces } from './run-folders.js';
import type { Workshop } from './workshop.js';

/** Leaves the guest running and says how to reach and how to end it. False where there is no guest any more. */
export async function keepGuest(
  { run, tell }: BuildContext,
  { layer, places }: { layer: string; places: LayerPlaces },
  { guest, credentials }: Workshop,
): Promise<boolean> {
  if ((await Promise.race([guest.ended, Promise.resolve(null)])) !== null) return false;
  const passwordFile = join(places.secrets, 'password');
  await writeFile(passwordFile, `${credentials.password}\n`, { mode: 0o600 });
  guest.leave();
  const { address, port, user } = guest;
  const { caFile } = places;
  const message = [
    `The guest goes on at https://${address}:${port}/wsman, user ${user};`,
    `its password lies in ${passwordFile} (mode 0600), its CA in ${caFile}.`,
    `End it with: lyncimg runs end ${run.id}`,
  ].join(' ');
  await run.finish('kept', message);
  tell({ type: 'kept', layer, message, address, port, user, passwordFile, caFile });
  return true;
}
