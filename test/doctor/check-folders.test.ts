import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { checkStateFolder, checkTemporaryFolder } from '../../src/doctor/check-folders.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const env = { PATH: '/usr/bin:/bin' };

describe('the folders of a build', () => {
  const folder = temporaryFolder();

  /** A file system from which nothing can be run; only root may mount one. */
  async function onNoexec(test: Mocha.Context, use: (path: string) => Promise<void>): Promise<void> {
    const path = join(folder.path, 'noexec');
    await mkdir(path);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'noexec,size=1m', 'lyncimg-test', path], {
        stdio: 'ignore',
      });
    } catch {
      test.skip();
    }
    try {
      await use(path);
    } finally {
      execFileSync('umount', ['-l', path]);
    }
  }

  it('are proved by writing and running something, of which nothing is left', async () => {
    expect(await checkTemporaryFolder(folder.path, env)).to.include({
      check: 'temporary-folder',
      level: 'ok',
    });
    expect(await checkStateFolder(folder.path, env)).to.include({ check: 'state-folder', level: 'ok' });

    expect(await readdir(folder.path)).to.deep.equal([]);
  });

  it('need not be there: the nearest one above has to take it, and nothing is made', async () => {
    const finding = await checkStateFolder(join(folder.path, 'a/b/.lyncimg'), env);

    expect(finding).to.include({ level: 'ok' });
    expect(finding.what).to.contain(`not there yet; ${folder.path} would take it`);
    expect(await readdir(folder.path)).to.deep.equal([]);
  });

  it('that cannot be written are a problem, and what mends it is told', async () => {
    // A folder that takes no files, whoever asks.
    const state = await checkStateFolder('/proc/lyncimg', env);
    expect(state).to.include({ level: 'problem' });
    expect(state.fix.join()).to.contain('LYNCIMG_HOME');

    const temporary = await checkTemporaryFolder(join(folder.path, 'gone'), env);
    expect(temporary).to.include({ level: 'problem' });
    expect(temporary.what).to.contain('ENOENT');
    expect(temporary.fix.join()).to.contain('export TMPDIR=');
  });

  it('have a file in their way', async () => {
    await writeFile(join(folder.path, 'file'), '');

    expect(await checkTemporaryFolder(join(folder.path, 'file'), env)).to.include({ level: 'problem' });
  });

  it('from which nothing can be run are a problem for the state, a warning for the rest', async function () {
    await onNoexec(this, async (path) => {
      const state = await checkStateFolder(path, env);
      expect(state).to.include({ level: 'problem' });
      expect(state.what).to.contain('noexec');

      const temporary = await checkTemporaryFolder(path, env);
      expect(temporary).to.include({ level: 'warning' });
      expect(temporary.detail).to.contain('Packer runs its scripts from TMPDIR');
    });
  });

  it('that everybody may write to are refused, as the store refuses them', async () => {
    const state = join(folder.path, 'state');
    await mkdir(state);
    await chmod(state, 0o777);

    const finding = await checkStateFolder(state, env);

    expect(finding).to.include({ check: 'state-folder', level: 'problem' });
    expect(finding.what).to.contain('777');
    expect(finding.fix).to.deep.equal([`chmod o-w ${state}`]);
  });
});
