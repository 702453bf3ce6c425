// Ends what a lyncimg that was killed (kill -9) left running. Careful in who it touches: a process id is given away
// again, so the number alone proves nothing.
import { readFileSync } from 'node:fs';
import { isOfThisBoot, processStat } from '../util/index.js';
import { endProcesses, runningProcesses } from './process-group.js';

/** What a run wrote down of a child that it started. */
export interface LeftGroup {
  /** Null looks through all groups: for a child that was started and not yet written down when its run was killed. */
  pgid: number | null;
  /** Clock ticks since boot: nothing that started earlier is touched. */
  startTime: number | null;
  boot: string | null;
  /** A variable that only this run's children have in their environment: `LYNCIMG_RUN=<id>`. */
  marker: string;
}

export interface EndedGroup {
  ended: number[];
  /** Not even SIGKILL ended these. */
  left: number[];
}

const defaultGraceMs = 5000;

/**
 * Ends the processes of this user that are in that group, started no earlier, and hold the run's marker; nothing else.
 * Without /proc none of this can be proved, and nothing is touched.
 */
export async function endLeftGroup(record: LeftGroup, graceMs: number = defaultGraceMs): Promise<EndedGroup> {
  if (record.boot === null || record.startTime === null || !isOfThisBoot(record.boot))
    return { ended: [], left: [] };
  const members = (): number[] => membersOf(record);
  const ended = members();
  const left = await endProcesses({
    members,
    send: (signal) => {
      for (const pid of members()) send(pid, signal);
    },
    signal: 'SIGINT',
    graceMs,
  });
  return { ended: ended.filter((pid) => !left.includes(pid)), left };
}

function membersOf({ pgid, startTime, marker }: LeftGroup): number[] {
  return runningProcesses()
    .filter((stat) => (pgid === null || stat.group === pgid) && stat.startTime >= (startTime ?? Infinity))
    .filter((stat) => stat.pid !== process.pid && environmentHolds(stat.pid, marker))
    .filter((stat) => processStat(stat.pid)?.startTime === stat.startTime)
    .map((stat) => stat.pid);
}

/** Another user's environment cannot be read, and so is never a match. */
function environmentHolds(pid: number, marker: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(marker);
  } catch {
    return false;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile.
  }
}
