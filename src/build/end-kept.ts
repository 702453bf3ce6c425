// The end of what --keep-on-failure kept: its guest is ended, its password and key are deleted.
import { fail } from '../errors/index.js';
import type { Store } from '../images/index.js';
import { endLeftGroup } from '../tools/index.js';

/** How many processes were ended. Throws E_RUN_UNKNOWN, E_RUN_NOT_KEPT. */
export async function endKeptRun(store: Store, id: string): Promise<number> {
  const run = await store.openRun(id);
  const { state, processes } = run.record;
  if (state !== 'kept') throw fail('E_RUN_NOT_KEPT', { id, state });
  let ended = 0;
  for (const process of processes)
    ended += (await endLeftGroup({ ...process, marker: run.marker })).ended.length;
  await run.finish('ended');
  return ended;
}
