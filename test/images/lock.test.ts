import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openStore, type LockHolder, type Store } from '../../src/images/index.js';
import { bootId, sha256 } from '../../src/util/index.js';
import { until } from '../helpers/processes.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const digest = sha256('layer');
const images = JSON.stringify(new URL('../../src/images/index.ts', import.meta.url).href);

describe('the lock of a digest', () => {
  const folder = temporaryFolder();
  const children: ChildProcess[] = [];
  let store: Store;

  beforeEach(() => {
    store = openStore(join(folder.path, '.lyncimg'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** Another lyncimg: runs the script and hands on its lines. */
  const another = async (script: string): Promise<{ child: ChildProcess; lines: Interface }> => {
    const path = join(folder.path, `${children.length}.mts`);
    const store = `openStore(${JSON.stringify(join(folder.path, '.lyncimg'))})`;
    await writeFile(path, `import { openStore } from ${images}; const store = ${store}; ${script}`);
    const child = spawn(process.execPath, ['--import', 'tsx', path], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    return { child, lines: createInterface({ input: child.stdout }) };
  };
  const holder = (): Promise<{ child: ChildProcess; lines: Interface }> =>
    another(
      `const lock = await store.lock('${digest}', { run: 'r-1' }); console.log('held');
       process.stdin.on('data', async () => { await lock.release(); console.log('released'); process.exit(0); });`,
    );

  it('is had at once where nobody has it, and leaves nothing when released', async () => {
    const lock = await store.lock(digest);
    await lock.release();
    await lock.release();

    expect(await readdir(join(store.folder, 'locks'))).to.deep.equal([]);
  });

  it('does not stop another digest', async () => {
    const one = await store.lock(digest);
    const two = await store.lock(sha256('another'));

    await Promise.all([one.release(), two.release()]);
  });

  it('is waited for while another process has it, and says which', async () => {
    const other = await holder();
    await once(other.lines, 'line');
    const waiting: LockHolder[] = [];

    const wait = store.lock(digest, { onWaiting: (seen) => waiting.push(seen) });
    await until(() => waiting.length > 0);
    other.child.stdin?.write('release\n');
    const lock = await wait;

    expect(waiting).to.deep.equal([{ pid: other.child.pid, run: 'r-1' }]);
    await lock.release();
  });

  it('is taken over from a process that was killed', async () => {
    const other = await holder();
    await once(other.lines, 'line');
    const waiting: LockHolder[] = [];
    const wait = store.lock(digest, { onWaiting: (seen) => waiting.push(seen) });
    await until(() => waiting.length > 0);

    other.child.kill('SIGKILL');

    const lock = await wait;
    expect(await readdir(join(store.folder, 'locks'))).to.have.length(1);
    await lock.release();
  });

  it('is waited for inside one process, too', async () => {
    const first = await store.lock(digest);
    let second = false;
    const wait = store.lock(digest, { onWaiting: () => void first.release() }).then((lock) => {
      second = true;
      return lock;
    });

    await (await wait).release();

    expect(second).to.equal(true);
  });

  it('is not taken from a process of another PID namespace, though no such process is seen here', async () => {
    const locks = join(store.folder, 'locks');
    await mkdir(locks, { recursive: true, mode: 0o700 });
    const claim = `${digest}.4194305.1.${bootId()!.split('_')[0]}_1.aaaa`;
    await writeFile(join(locks, claim), 'r-2');
    const controller = new AbortController();
    const waiting: LockHolder[] = [];

    await store
      .lock(digest, {
        signal: controller.signal,
        onWaiting: (seen) => {
          waiting.push(seen);
          controller.abort(new Error('seen enough'));
        },
      })
      .catch(() => undefined);

    expect(waiting).to.deep.equal([{ pid: 4_194_305, run: 'r-2' }]);
    expect(await readdir(locks)).to.deep.equal([claim]);
  });

  it('is no longer waited for when the signal is aborted', async () => {
    const lock = await store.lock(digest);
    const controller = new AbortController();
    const reason = new Error('interrupted');

    const error = await store
      .lock(digest, {
        signal: controller.signal,
        onWaiting: () => {
          controller.abort(reason);
        },
      })
      .catch((caught: unknown) => caught);

    expect(error).to.equal(reason);
    await lock.release();
    expect(await readdir(join(store.folder, 'locks'))).to.deep.equal([]);
  });

  it('is never had twice, though many take over the lock of a dead process at once', async function () {
    this.timeout(30_000);
    const locks = join(store.folder, 'locks');
    await mkdir(locks, { recursive: true, mode: 0o700 });
    // Each holder puts a file of its own beside the lock and finds none of another while it holds it.
    const script = `
      import { readdirSync, rmSync, writeFileSync } from 'node:fs';
      const inside = ${JSON.stringify(join(folder.path, 'inside'))};
      console.log('ready');
      process.stdin.once('data', async () => {
        let worst = 0;
        for (let n = 0; n < 8; n++) {
          writeFileSync(${JSON.stringify(locks)} + '/${digest}.99999' + n + '.1.00000000-dead.' + process.pid.toString(16), '');
          const lock = await store.lock('${digest}');
          writeFileSync(inside + '/' + process.pid, '');
          await new Promise((resolve) => setImmediate(resolve));
          worst = Math.max(worst, readdirSync(inside).length);
          rmSync(inside + '/' + process.pid);
          await lock.release();
        }
        console.log(worst);
        process.exit(0);
      });`;
    await mkdir(join(folder.path, 'inside'));
    const others = await Promise.all([1, 2, 3].map(() => another(script)));
    await Promise.all(others.map(({ lines }) => once(lines, 'line')));
    const worst = others.map(({ lines }) => once(lines, 'line') as Promise<[string]>);
    for (const { child } of others) child.stdin?.write('go\n');

    expect((await Promise.all(worst)).map(([line]) => line)).to.deep.equal(['1', '1', '1']);
    expect(await readdir(locks)).to.deep.equal([]);
  });
});
