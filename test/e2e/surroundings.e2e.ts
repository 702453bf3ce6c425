// Where a build must work, or must say why it does not: the surroundings that people's pipelines have.
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startBuild,
  startLyncimg,
  writeBuildWorkspace,
  type LyncimgProcess,
} from '../helpers/lyncimg-process.js';

describe('a build', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-surroundings-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function workspace(name: string, role: 'small' | 'hasty' = 'small'): Promise<string> {
    const path = join(folder, name);
    await mkdir(path);
    await writeBuildWorkspace(path, [role]);
    return path;
  }

  it('works with LC_ALL=C, a proxy that leads nowhere, and a world-writable working folder', async () => {
    const cwd = await workspace('hostile');
    await chmod(cwd, 0o777);
    const env = { LC_ALL: 'C', HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };

    const ended = await startBuild([], { cwd, home: join(cwd, '.lyncimg'), env }).ended;

    expect(ended, ended.stderr).to.include({ code: 0 });
    expect(ended.stdout).to.match(/^rehearsal\/small-2012r2@[0-9a-f]{12}\n$/);
  });

  it('works where nothing may be executed in the state folder and in TMPDIR', async function () {
    const cwd = await workspace('noexec');
    const disk = join(cwd, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m,noexec', 'lyncimg-test', disk], {
        stdio: 'ignore',
      });
    } catch {
      this.skip();
    }
    try {
      const ended = await startBuild([], { cwd, home: join(disk, 'home'), env: { TMPDIR: disk } }).ended;

      expect(ended, ended.stderr).to.include({ code: 0 });
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });

  it('ends with the death of its guest where that comes in the middle of a task', async () => {
    const cwd = await workspace('death');
    const home = join(cwd, '.lyncimg');
    const build = startBuild([], { cwd, home });
    await build.event((event) => event.type === 'task-started' && event.task.includes('feature'));
    process.kill(await pidOfTwin(home), 'SIGKILL');

    const ended = await build.ended;

    expect(ended.code).to.equal(3);
    expect(ended.stderr).to.contain('E_BUILD_GUEST_DIED');
  });

  it('fails as Windows does where KB2919355 comes before KB2919442, and shows the task and no dump', async () => {
    const cwd = await workspace('hasty', 'hasty');

    const ended = await startBuild([], { cwd, home: join(cwd, '.lyncimg') }).ended;

    expect(ended.code).to.equal(3);
    expect(ended.stderr).to.contain('KB2919355').and.to.contain('packer.log');
    expect(ended.stderr.split('\n').length).to.be.lessThan(15);
  });

  it('needs a workspace or a platform, and offers the rehearsal', async () => {
    const cwd = join(folder, 'empty');
    await mkdir(cwd);

    const ended = await startLyncimg(['build', '--os', '2012r2'], { cwd, home: join(cwd, '.lyncimg') }).ended;

    expect(ended.code).to.equal(2);
    expect(ended.stderr).to.contain('E_BUILD_WORKSPACE').and.to.contain('--platform twin');
  });

  it('takes the operating system in any case, and runs a second time without Packer or Ansible', async () => {
    const cwd = await workspace('again');
    const home = join(cwd, '.lyncimg');
    const run = (...args: string[]): LyncimgProcess => startBuild(args, { cwd, home });
    const first = await run('--os', '2012R2').ended;

    const second = run();
    const ended = await second.ended;

    expect(ended.stdout).to.equal(first.stdout);
    expect(second.events.filter(({ type }) => type === 'tool-started')).to.deep.equal([]);
  });
});

async function pidOfTwin(home: string): Promise<number> {
  const runs = join(home, 'runs');
  for (const run of await readdir(runs)) {
    const record = JSON.parse(await readFile(join(runs, run, 'run.json'), 'utf8')) as {
      processes: { what: string; pgid: number | null }[];
    };
    const twin = record.processes.findLast(({ what, pgid }) => what === 'twin' && pgid !== null);
    if (twin?.pgid != null) return twin.pgid;
  }
  throw new Error('no twin is recorded');
}
