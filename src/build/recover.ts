// What a build that was killed (kill -9, a power cut) left: the next command ends its processes and deletes its
// secrets, before it does anything of its own.
import type { Store } from '../images/index.js';
import { endLeftGroup } from '../tools/index.js';

/** Says of each run that was cleared up what was done. */
export async function recoverKilledRuns(store: Store): Promise<string[]> {
  const ended = new Map<string, number>();
  const recovered = await store.recoverRuns(async (left) => {
    const { ended: pids } = await endLeftGroup(left);
    ended.set(left.marker, (ended.get(left.marker) ?? 0) + pids.length);
  });
  return recovered.map(({ id }) => {
    const count = ended.get(`LYNCIMG_RUN=${id}`) ?? 0;
    return `run ${id}, which was killed: ${count} process${count === 1 ? '' : 'es'} ended, its secrets deleted`;
  });
}
