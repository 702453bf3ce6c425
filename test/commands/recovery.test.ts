// Whichever command looks into the store next clears up what a killed build left.
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ImagesList from '../../src/commands/images/list.js';
import ImagesShow from '../../src/commands/images/show.js';
import PlanCommand from '../../src/commands/plan.js';
import RunsEnd from '../../src/commands/runs/end.js';
import TwinStart from '../../src/commands/twin/start.js';
import { killedRun } from '../helpers/killed-run.js';
import { runCommandClass } from '../helpers/run-command.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const before = { folder: process.cwd(), path: process.env['PATH'] };
const frontEnd = ['--os', '2012r2', '--role', 'front-end', '--platform', 'twin'];

describe('what a killed build left', () => {
  const folder = temporaryFolder();
  beforeEach(() => {
    process.chdir(folder.path);
    // No tools: a plan can be made without, and asking them takes a second.
    process.env['PATH'] = folder.path;
  });
  afterEach(() => {
    process.chdir(before.folder);
    process.env['PATH'] = before.path;
  });

  const commands = [
    ['images list', ImagesList, [], 0],
    ['images show', ImagesShow, ['front-end-2012r2'], 2],
    ['plan', PlanCommand, frontEnd, 0],
    ['runs end', RunsEnd, ['20261123T140000Z-00000000'], 2],
    ['twin start --image', TwinStart, ['--image', 'front-end-2012r2'], 2],
  ] as const;

  for (const [name, command, args, exit] of commands) {
    it(`is cleared up by ${name}, which tells so and does its own work`, async () => {
      const run = await killedRun(join(folder.path, 'state'));

      const outcome = await runCommandClass(command, [...args, '--output', 'state']);

      expect(existsSync(run.secretsFolder)).to.equal(false);
      expect(outcome.stderr).to.contain(`cleaned: run ${run.id}`);
      expect(outcome.exit, outcome.stderr).to.equal(exit);
    });
  }

  it('fails no listing where it cannot be looked at: that is a warning', async () => {
    await mkdir('state');
    await writeFile('state/runs', 'no folder');

    const { exit, stderr } = await runCommandClass(ImagesList, ['--output', 'state', '--json']);

    expect(exit).to.equal(0);
    expect(stderr).to.contain('warning: ').and.to.contain('state/runs');
  });
});
