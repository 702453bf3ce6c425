import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import RunsEnd from '../../../src/commands/runs/end.js';
import { openStore, type Run } from '../../../src/images/index.js';
import { runCommandClass } from '../../helpers/run-command.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const before = process.cwd();

describe('lyncimg runs end', () => {
  const folder = temporaryFolder();
  let run: Run;
  beforeEach(async () => {
    process.chdir(folder.path);
    run = await openStore(join(folder.path, '.lyncimg')).beginRun();
  });
  afterEach(() => {
    process.chdir(before);
  });

  it('deletes the secrets of a kept run, also where its guest has gone already', async () => {
    await run.finish('kept', 'for a look');
    const { exit, stdout } = await runCommandClass(RunsEnd, [run.id]);
    expect(exit).to.equal(0);
    expect(stdout).to.include(run.id).and.include('had gone already');
    expect(existsSync(run.secretsFolder)).to.equal(false);
  });

  it('refuses a run that goes on', async () => {
    const { exit, stderr } = await runCommandClass(RunsEnd, [run.id]);
    expect(exit).to.equal(2);
    expect(stderr).to.include('E_RUN_NOT_KEPT').and.include('running');
    expect(existsSync(run.secretsFolder)).to.equal(true);
  });

  it('refuses a run that is none', async () => {
    const { exit, stderr } = await runCommandClass(RunsEnd, ['../../etc']);
    expect(exit).to.equal(2);
    expect(stderr).to.include('E_RUN_UNKNOWN');
  });
});
