import { expect } from 'chai';
import { describe, it } from 'mocha';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recoverKilledRuns } from '../../src/build/index.js';
import { openStore } from '../../src/images/index.js';
import { processIdentity } from '../../src/util/index.js';
import { isRunning } from '../helpers/processes.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('what a killed build left', () => {
  const folder = temporaryFolder();

  it('is ended and cleared up, and told by run', async () => {
    const store = openStore(join(folder.path, 'state'));
    const run = await store.beginRun();
    await writeFile(join(run.secretsFolder, 'server.key'), 'KEY');
    const [name, value] = run.marker.split('=') as [string, string];
    const left = spawn('/bin/sleep', ['60'], { detached: true, env: { [name]: value }, stdio: 'ignore' });
    const ended = once(left, 'exit');
    const { startTime, boot } = processIdentity(left.pid)!;
    await run.recordProcess({ what: 'twin', pgid: left.pid!, startTime, boot });
    await disown(run.folder);

    const told = await recoverKilledRuns(store);

    expect(told).to.have.length(1);
    expect(told[0]).to.include(run.id).and.include('1 process ended');
    await ended;
    expect(isRunning(left.pid!)).to.equal(false);
    expect(existsSync(run.secretsFolder)).to.equal(false);
    expect(await recoverKilledRuns(store)).to.deep.equal([]);
  });

  it('is nothing where the run goes on', async () => {
    const store = openStore(join(folder.path, 'state'));
    const run = await store.beginRun();
    expect(await recoverKilledRuns(store)).to.deep.equal([]);
    expect(existsSync(run.secretsFolder)).to.equal(true);
  });
});

/** As if the process that began the run had been killed: its start time is that of no process any more. */
async function disown(runFolder: string): Promise<void> {
  const file = join(runFolder, 'run.json');
  const record = JSON.parse(await readFile(file, 'utf8')) as { owner: { startTime: number } };
  record.owner.startTime -= 1;
  await writeFile(file, JSON.stringify(record));
}
