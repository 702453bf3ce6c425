import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inWorkFolder, removeAbandoned } from '../../../src/media/discs/work-folder.js';
import { processIdentity } from '../../../src/util/index.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('the folder that a disc is made in', () => {
  const folder = temporaryFolder();

  it('is closed to others, and gone however it ends', async () => {
    const before = process.umask(0);
    try {
      const mode = await inWorkFolder(folder.path, async (path) => (await stat(path)).mode & 0o777);
      expect(mode).to.equal(0o700);
    } finally {
      process.umask(before);
    }
    const reason = new Error('it failed');
    const failing = inWorkFolder(folder.path, async (path) => {
      await writeFile(join(path, 'half'), 'x');
      throw reason;
    });
    expect(await failing.catch((caught: unknown) => caught)).to.equal(reason);
    expect(await readdir(folder.path)).to.deep.equal([]);
  });

  it('is cleared up after its process is gone, and not before', async () => {
    const { pid, startTime, boot } = processIdentity()!;
    const gone = `.new-${pid}.${(startTime ?? 1) - 1}.${boot ?? 'x'}.0123456789ab`;
    const otherBoot = `.new-${pid}.${startTime ?? 1}.00000000-0000-0000-0000-000000000000.0123456789ab`;
    const notOurs = ['.new-', '.new-1.2', 'disc.iso'];
    for (const name of [gone, otherBoot, ...notOurs]) await mkdir(join(folder.path, name));
    await writeFile(join(folder.path, gone, 'half'), 'x');

    await inWorkFolder(folder.path, async (path) => {
      await removeAbandoned(folder.path);
      expect((await stat(path)).isDirectory()).to.equal(true);
    });

    expect((await readdir(folder.path)).sort()).to.deep.equal([...notOurs].sort());
  });
});
