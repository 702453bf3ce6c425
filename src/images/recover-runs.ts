// Clears up after runs whose process is gone: kill -9, a power cut, a closed container.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { sameProcess } from '../util/index.js';
import { namesIn, removeUnfinished } from './publish.js';
import { deleteSecretsIn, readRun, type Run, type RunRecord } from './run.js';

/** What may still run of a run; tools/ ends it (`endLeftGroup` takes exactly this). */
export interface LeftProcess {
  /** `packer`, `twin`, …; or `unrecorded`: what was started in the moment before its run was killed. */
  what: string;
  /** Null: any group. */
  pgid: number | null;
  startTime: number | null;
  boot: string | null;
  marker: string;
}

/**
 * For each run that nobody finished and whose process is gone: ends what it left, deletes its secrets, and then marks
 * it as abandoned, in this order, so that a recovery that is killed itself is done again. Kept runs are not touched.
 */
export async function recoverRuns(
  runsFolder: string,
  endProcess: (left: LeftProcess) => Promise<unknown>,
): Promise<RunRecord[]> {
  const recovered: RunRecord[] = [];
  await removeUnfinished(runsFolder);
  for (const name of (await namesIn(runsFolder)).filter(isRunId).sort()) {
    const folder = join(runsFolder, name);
    // A link leads out of the store, to secrets that are none of ours to delete.
    if (!(await lstat(folder)).isDirectory()) continue;
    const run = await readRun(folder);
    // A lyncimg that writes another form may be at work there.
    if (run === 'other version') continue;
    if (run === 'damaged') {
      // Nobody can say whose it was; a secret is not left lying for that.
      await deleteSecretsIn(folder);
      continue;
    }
    if (run.record.state !== 'running' || sameProcess(run.record.owner)) continue;
    for (const left of leftOf(run)) await endProcess(left);
    await run.finish('abandoned');
    recovered.push(run.record);
  }
  return recovered;
}

/** A run's name, as beginRun makes them; guards every path that is made of one. */
export function isRunId(name: string): boolean {
  return /^\d{8}T\d{6}Z-[0-9a-f]{8}$/.test(name);
}

function leftOf({ record, marker }: Run): LeftProcess[] {
  const { startTime, boot } = record.owner;
  const unrecorded: LeftProcess = { what: 'unrecorded', pgid: null, startTime, boot, marker };
  return [...record.processes.map((process) => ({ ...process, marker })), unrecorded];
}
