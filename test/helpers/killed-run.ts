// A run as a build leaves it that was killed: it says that it runs, its secrets lie there, and its process is gone.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore, type Run } from '../../src/images/index.js';

export async function killedRun(stateFolder: string): Promise<Run> {
  const run = await openStore(stateFolder).beginRun();
  await writeFile(join(run.secretsFolder, 'server.key'), 'KEY');
  const file = join(run.folder, 'run.json');
  const record = JSON.parse(await readFile(file, 'utf8')) as { owner: { startTime: number } };
  // That of no process any more.
  record.owner.startTime -= 1;
  await writeFile(file, JSON.stringify(record));
  return run;
}
