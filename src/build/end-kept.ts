// The end of what --keep-on-failure kept: its guest is ended, its password and key are deleted.
import { fail } from '../errors/index.js';
import type { Store } from '../images/index.js';
import { endLeftGroup } from '../tools/index.js';

/**
 * How many processes were ended. Throws E_RUN_UNKNOWN, E_RUN_NOT_KEPT, and E_RUN_STAYED where a process survived: the
 * run then stays recorded as kept, so that it can be ended again.
 *
 * @param endGroup for tests: what survives SIGKILL cannot be made
 */
export async function endKeptRun(store: Store, id: string, endGroup = endLeftGroup): Promise<number> {
  const run = await store.openRun(id);
  const { state, processes } = run.record;
  if (state !== 'kept') throw fail('E_RUN_NOT_KEPT', { id, state });
  let ended = 0;
  const stayed: number[] = [];
  for (const process of processes) {
    const group = await endGroup({ ...process, marker: run.marker });
    ended += group.ended.length;
    stayed.push(...group.left);
  }
  if (stayed.length > 0) throw fail('E_RUN_STAYED', { id, pids: stayed });
  await run.finish('ended');
  return ended;
}
