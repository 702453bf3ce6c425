import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Generate from '../../../src/commands/generate.js';
import MediaAdd from '../../../src/commands/media/add.js';
import PlanCommand from '../../../src/commands/plan.js';
import { placeholderItem } from '../../../src/media/index.js';
import type { PlanReport } from '../../../src/plan/index.js';
import { sha256 } from '../../../src/util/index.js';
import type { Outcome } from '../../helpers/run-command.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { content, give, paths, runWith, smallPackage } from './kit.js';

const flags = ['--os', '2012r2', '--role', 'small', '--platform', 'twin'];
const before = { folder: process.cwd(), path: process.env['PATH'] };

describe('a plan where there are media files', () => {
  const folder = temporaryFolder();
  let root: string;
  beforeEach(async () => {
    root = await smallPackage(join(folder.path, 'package'), 'https://example/a.msu');
    await mkdir(join(folder.path, 'here'));
    process.chdir(join(folder.path, 'here'));
    // No tools: a plan can be made without, and asking them takes a second.
    process.env['PATH'] = folder.path;
  });
  afterEach(() => {
    process.chdir(before.folder);
    process.env['PATH'] = before.path;
  });

  const plan = (...args: string[]): Promise<Outcome> => runWith(root, PlanCommand, [...flags, ...args]);
  const layer = async (): Promise<PlanReport['layers'][number]> => {
    const [first] = (JSON.parse((await plan('--json')).stdout) as PlanReport).layers;
    if (first === undefined) throw new Error('the plan has no layer');
    return first;
  };

  it('holds placeholders in a rehearsal of somebody who has none', async () => {
    expect((await layer()).media.map(({ path, origin }) => [path, origin])).to.deep.equal([
      [paths.known, 'placeholder'],
      [paths.unknown, 'placeholder'],
    ]);
  });

  it('holds the files that the lock names, which makes another digest; the others stay placeholders', async () => {
    const { digest, inputs } = await layer();
    await give('x.bin', content);
    await runWith(root, MediaAdd, ['x.bin']);

    const after = await layer();
    expect(after.media).to.deep.equal([
      {
        ...{ path: paths.known, title: after.media[0]?.title, origin: 'file' },
        ...{ sha256: sha256(content), sizeBytes: content.length },
      },
      placeholderItem({ path: paths.unknown, title: after.media[1]?.title ?? '' }),
    ]);
    expect(after.digest).to.not.equal(digest);
    const changed = Object.entries(after.inputs).filter(
      ([name, value]) => inputs[name as keyof typeof inputs] !== value,
    );
    expect(changed.map(([name]) => name)).to.deep.equal(['media']);
  });

  it('is the same wherever a file lies and whoever says so', async () => {
    await give('x.bin', content);
    await runWith(root, MediaAdd, ['x.bin']);
    const { digest } = await layer();
    await rm('media.lock.yaml');
    await give(`media/${paths.known}`, content);

    expect((await layer()).digest).to.equal(digest);
  });

  it('is refused with all that is wrong before anything is made', async () => {
    await give('x.bin', content);
    await runWith(root, MediaAdd, ['x.bin']);
    await rm('x.bin');
    await mkdir(`media/${paths.unknown}`, { recursive: true });

    const { exit, stdout, stderr } = await plan();
    expect(exit).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr)
      .to.contain('E_MEDIA_MISSING')
      .and.to.contain('E_FILE_UNREADABLE')
      .and.to.contain('2 problems');
    expect((await runWith(root, Generate, [...flags, '--output', 'out'])).exit).to.equal(2);
    expect(await readdir('.')).to.not.contain('out');
  });

  it('is refused where the lock is broken', async () => {
    await give('media.lock.yaml', 'kind: MediaLock\n');

    expect((await plan()).stderr).to.contain('media.lock.yaml:1:1: E_MEDIA_LOCK');
  });

  it('is written with placeholders for what is none, and says what to put beside them', async () => {
    await give('x.bin', content);
    await runWith(root, MediaAdd, ['x.bin']);
    await runWith(root, Generate, [...flags, '--output', 'out']);

    expect(await readdir('out/media/hotfixes')).to.deep.equal(['Windows8.1-KB1000002-x64.msu']);
    expect(await readFile('out/README.md', 'utf8')).to.contain('Files are not copied here');
  });
});
