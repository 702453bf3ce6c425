import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeEach, describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { openStore, type LeftProcess, type Run, type RunRecord, type Store } from '../../src/images/index.js';
import { processIdentity } from '../../src/util/index.js';
import { onSmallDisk } from '../helpers/small-disk.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('a run', () => {
  const folder = temporaryFolder();
  const packer = { what: 'packer', pgid: 4242, startTime: 100, boot: 'b' };
  let store: Store;

  beforeEach(() => {
    store = openStore(join(folder.path, '.lyncimg'));
  });

  const recordOf = async (run: Pick<Run, 'folder'>): Promise<RunRecord> =>
    JSON.parse(await readFile(join(run.folder, 'run.json'), 'utf8')) as RunRecord;
  const isThere = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    );
  const secretOf = async (run: Pick<Run, 'secretsFolder'>): Promise<string> => {
    const path = join(run.secretsFolder, 'password');
    await writeFile(path, 'secret', { mode: 0o600 });
    return path;
  };

  it('says from its first moment whose it is, and is open to its user alone', async () => {
    const run = await store.beginRun();

    expect(run.id).to.match(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/);
    expect(run.marker).to.equal(`LYNCIMG_RUN=${run.id}`);
    expect(run.folder).to.equal(join(store.folder, 'runs', run.id));
    expect(await recordOf(run)).to.deep.include({ id: run.id, owner: processIdentity(), state: 'running' });
    for (const path of [run.folder, run.secretsFolder])
      expect((await stat(path)).mode & 0o777).to.equal(0o700);
    expect((await stat(join(run.folder, 'run.json'))).mode & 0o777).to.equal(0o600);
  });

  it('records children that start at once', async () => {
    const run = await store.beginRun();

    await Promise.all([
      run.recordProcess(packer),
      run.recordProcess({ ...packer, what: 'twin', pgid: 4243 }),
    ]);

    expect((await recordOf(run)).processes.map((child) => child.what)).to.deep.equal(['packer', 'twin']);
  });

  it('loses its secrets when it finishes, unless it is kept', async () => {
    const done = await store.beginRun();
    const kept = await store.beginRun();
    const [secretOfDone, secretOfKept] = [await secretOf(done), await secretOf(kept)];

    await done.finish('failed', 'the gate');
    await kept.finish('kept', 'port 5986');

    expect(await isThere(secretOfDone)).to.equal(false);
    expect(await isThere(secretOfKept)).to.equal(true);
    expect(await recordOf(done)).to.deep.include({ state: 'failed', note: 'the gate' });
    expect((await recordOf(kept)).finishedAt).to.be.a('string');
  });

  it('can be opened again by its name', async () => {
    const run = await store.beginRun();
    await run.finish('kept', 'port 5986');

    const again = await store.openRun(run.id);
    await again.finish('ended');

    expect(await recordOf(run)).to.deep.include({ state: 'ended', note: 'port 5986' });
    expect(await isThere(run.secretsFolder)).to.equal(false);
  });

  for (const id of ['20261123T140000Z-00000000', '../..', '']) {
    it(`that is not there is an error: ${JSON.stringify(id)}`, async () => {
      const error = await store.openRun(id).catch((caught: unknown) => caught);

      expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_RUN_UNKNOWN');
    });
  }

  it('on a full disk is that error, and leaves nothing', async function () {
    await onSmallDisk(this, folder.path, async ({ path, fill }) => {
      const small = openStore(join(path, '.lyncimg'));
      await mkdir(join(path, '.lyncimg', 'runs'), { recursive: true, mode: 0o700 });
      fill();

      const error = await small.beginRun().catch((caught: unknown) => caught);

      expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_DISK_FULL');
      expect(await readdir(join(path, '.lyncimg', 'runs'))).to.deep.equal([]);
    });
  });

  describe('whose process was killed', () => {
    /** A run of a process that is gone, with a child recorded and a secret. */
    const killedRun = async (): Promise<{ folder: string; secretsFolder: string; id: string }> => {
      const script = join(folder.path, 'owner.mts');
      const images = JSON.stringify(new URL('../../src/images/index.ts', import.meta.url).href);
      await writeFile(
        script,
        `import { openStore } from ${images};
         const run = await openStore(${JSON.stringify(store.folder)}).beginRun();
         await run.recordProcess(${JSON.stringify(packer)});
         console.log(JSON.stringify({ folder: run.folder, secretsFolder: run.secretsFolder, id: run.id }));
         process.stdin.resume();`,
      );
      const owner = spawn(process.execPath, ['--import', 'tsx', script], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
      owner.kill('SIGKILL');
      await once(owner, 'exit');
      return JSON.parse(line) as { folder: string; secretsFolder: string; id: string };
    };

    it('is recovered: what it left is ended, its secrets are deleted, and it is abandoned', async () => {
      const run = await killedRun();
      const secret = await secretOf(run);
      const ended: LeftProcess[] = [];
      let secretsWhileEnding = false;

      const recovered = await store.recoverRuns(async (left) => {
        ended.push(left);
        secretsWhileEnding = await isThere(secret);
      });

      expect(recovered.map((record) => record.id)).to.deep.equal([run.id]);
      const { owner, state } = await recordOf(run);
      const marker = `LYNCIMG_RUN=${run.id}`;
      expect(ended).to.deep.equal([
        { ...packer, marker },
        { what: 'unrecorded', pgid: null, startTime: owner.startTime, boot: owner.boot, marker },
      ]);
      expect(secretsWhileEnding).to.equal(true);
      expect(await isThere(secret)).to.equal(false);
      expect(state).to.equal('abandoned');
    });

    it('is recovered again when the recovery failed', async () => {
      const run = await killedRun();
      await store.recoverRuns(() => Promise.reject(new Error('killed meanwhile'))).catch(() => undefined);

      expect((await recordOf(run)).state).to.equal('running');
      expect(await store.recoverRuns(() => Promise.resolve())).to.have.length(1);
      expect(await store.recoverRuns(() => Promise.resolve())).to.have.length(0);
    });

    it('is not confused with one that runs, was kept, or has ended', async () => {
      await store.beginRun();
      await (await store.beginRun()).finish('done');
      const kept = await store.beginRun();
      const secret = await secretOf(kept);
      await kept.finish('kept');
      const record = { ...(await recordOf(kept)), owner: { pid: 999_999, startTime: 1, boot: 'gone' } };
      await writeFile(join(kept.folder, 'run.json'), JSON.stringify(record));

      const recovered = await store.recoverRuns(() => Promise.reject(new Error('nothing is to be ended')));

      expect(recovered).to.deep.equal([]);
      expect(await isThere(secret)).to.equal(true);
    });

    it('is not confused with one in another PID namespace of the same boot', async () => {
      const run = await store.beginRun();
      const secret = await secretOf(run);
      const record = await recordOf(run);
      const boot = `${record.owner.boot!.split('_')[0]}_1`;
      const elsewhere = { ...record, owner: { pid: 4_194_305, startTime: 1, boot } };
      await writeFile(join(run.folder, 'run.json'), JSON.stringify(elsewhere));
      const unfinished = `.new-4194305.1.${boot}.aaaa`;
      await mkdir(join(store.folder, 'runs', unfinished));

      const recovered = await store.recoverRuns(() => Promise.reject(new Error('nothing is to be ended')));

      expect(recovered).to.deep.equal([]);
      expect(await isThere(secret)).to.equal(true);
      expect(await readdir(join(store.folder, 'runs'))).to.include(unfinished);
    });

    it('is no link: what a link names lies outside the store', async () => {
      const foreign = join(folder.path, 'foreign');
      await mkdir(join(foreign, 'secrets'), { recursive: true });
      await writeFile(join(foreign, 'secrets', 'key'), 'of somebody else');
      await mkdir(join(store.folder, 'runs'), { recursive: true });
      await symlink(foreign, join(store.folder, 'runs', '20261123T000000Z-00000000'));

      await store.recoverRuns(() => Promise.resolve());

      expect(await isThere(join(foreign, 'secrets', 'key'))).to.equal(true);
    });

    it('leaves no secret even where its record is damaged, and never names a group of everybody', async () => {
      const run = await killedRun();
      const secret = await secretOf(run);
      const record = await recordOf(run);
      await writeFile(
        join(run.folder, 'run.json'),
        JSON.stringify({ ...record, processes: [{ ...packer, pgid: 1 }] }),
      );

      const recovered = await store.recoverRuns(() => Promise.reject(new Error('nothing is to be ended')));

      expect(recovered).to.deep.equal([]);
      expect(await isThere(secret)).to.equal(false);
    });

    it('of a later lyncimg is left alone', async () => {
      const run = await killedRun();
      const secret = await secretOf(run);
      await writeFile(join(run.folder, 'run.json'), JSON.stringify({ apiVersion: 'lyncimg/v2' }));

      await store.recoverRuns(() => Promise.reject(new Error('nothing is to be ended')));

      expect(await isThere(secret)).to.equal(true);
    });
  });
});
