// Groups that must not outlive lyncimg. A detached child is in a group of its own, which no terminal ends for us;
// whichever way this process exits, they go with it. (kill -9 cannot be caught: see end-left-group.ts.)
import { signalGroup } from './process-group.js';

const live = new Set<number>();

/** From now on the group ends with this process. */
export function holdGroup(pgid: number): void {
  if (live.size === 0) process.on('exit', killAll);
  live.add(pgid);
}

/** The group has ended. */
export function releaseGroup(pgid: number): void {
  live.delete(pgid);
  if (live.size === 0) process.off('exit', killAll);
}

function killAll(): void {
  for (const pgid of live) signalGroup(pgid, 'SIGKILL');
}
