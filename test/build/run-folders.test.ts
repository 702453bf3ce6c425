import { expect } from 'chai';
import { describe, it } from 'mocha';
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporary } from '../../src/build/run-folders.js';
import type { Run } from '../../src/images/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('the TMPDIR of a run', () => {
  const folder = temporaryFolder();

  async function made(name: string): Promise<{ inside: boolean; path: string }> {
    const run = join(folder.path, name);
    await mkdir(run, { recursive: true });
    const { path, remove } = await makeTemporary({ folder: run } as Run);
    expect((await stat(path)).mode & 0o777).to.equal(0o700);
    await remove();
    expect(existsSync(path)).to.equal(false);
    return { inside: path.startsWith(run), path };
  }

  it("lies in the run's folder", async () => {
    expect((await made('run')).inside).to.equal(true);
  });

  it("lies elsewhere where its path would be too long for the sockets of Packer's plugins", async () => {
    const { inside, path } = await made('a'.repeat(60));
    expect(inside).to.equal(false);
    expect(join(path, 'packer-plugin1234567890').length).to.be.lessThan(108);
  });

  for (const name of ['my state', "it's", 'a$b', 'x;y']) {
    it(`lies elsewhere where a shell would stumble over "${name}"`, async () => {
      expect((await made(name)).inside).to.equal(false);
    });
  }
});
