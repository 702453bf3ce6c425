// Stopping is designed, so it is tried: at ten random moments of a real build, by both signals, and by kill -9.
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../../src/images/index.js';
import { leaksOf, processesOf, secretsOf } from '../helpers/leaks.js';
import { startBuild, writeBuildWorkspace, type LyncimgProcess } from '../helpers/lyncimg-process.js';
import { isRunning, until } from '../helpers/processes.js';

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

describe('a build that is stopped', () => {
  let folder: string;
  let completeMs: number;
  // Two builds at a time, each with its own store: they mostly wait.
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const homeOf = (signal: (typeof signals)[number]): string => join(folder, signal);
  const start = (home: string, ...args: string[]): LyncimgProcess => startBuild(args, { cwd: folder, home });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-e2e-'));
    await writeBuildWorkspace(folder, ['small']);
    const startedAt = Date.now();
    const ends = await Promise.all(signals.map((signal) => start(homeOf(signal)).ended));
    expect(ends.map(({ code }) => code)).to.deep.equal([0, 0]);
    completeMs = Date.now() - startedAt;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function stopAt(moment: number, signal: (typeof signals)[number]): Promise<void> {
    const home = homeOf(signal);
    const build = start(home, '--force');
    await Promise.race([delay(moment * completeMs), build.ended]);
    const secrets = secretsOf(home);
    expect(leaksOf(secrets, home, false), 'on command lines, while it runs').to.deep.equal([]);
    const early = build.events.length === 0;
    const signalled = Date.now();
    build.kill(signal);
    const end = await build.ended;

    expect(Date.now() - signalled).to.be.lessThan(10_000);
    expectStopped(end, signal, { early, done: build.events.at(-1)?.type === 'build-finished' });
    expect(processesOf(home), 'processes').to.deep.equal([]);
    expect(leaksOf(secrets, home), 'secrets').to.deep.equal([]);
    for (const run of await readdir(join(home, 'runs'))) {
      expect(await readdir(join(home, 'runs', run)), run)
        .to.not.include('secrets')
        .and.not.include('tmp');
    }
  }

  const random = randomFrom(seed);
  for (let round = 0; round < 5; round++) {
    // One in each tenth of the build, so that every phase gets its turn.
    const [first, second] = [0, 1].map((at) => (2 * round + at + random()) / 10) as [number, number];
    const title = `${(first * 100).toFixed(0)} % by SIGINT, at ${(second * 100).toFixed(0)} % by SIGTERM`;
    it(`at ${title} ends within 10 s and leaves nothing (TEST_SEED=${seed})`, async () => {
      await Promise.all([stopAt(first, 'SIGINT'), stopAt(second, 'SIGTERM')]);
    });
  }

  it('is followed by one that succeeds', async () => {
    const ends = await Promise.all(signals.map((signal) => start(homeOf(signal), '--force').ended));
    expect(ends.map(({ code }) => code)).to.deep.equal([0, 0]);
  });
});

describe('a build of two layers that is interrupted in the second', () => {
  let folder: string;
  let home: string;
  const start = (): LyncimgProcess => startBuild([], { cwd: folder, home });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-e2e-'));
    home = join(folder, '.lyncimg');
    await writeBuildWorkspace(folder, ['small-plus']);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('keeps the first, and is gone on with from there', async () => {
    const first = start();
    await first.event((event) => event.type === 'phase-started' && event.layer === 'small-plus');
    first.kill('SIGINT');
    expect((await first.ended).code).to.equal(130);
    expect((await openStore(home).layers()).map(({ name }) => name)).to.deep.equal(['small']);
  });

  it('and after a kill -9 the next command ends what was left, deletes its secrets, and goes on', async () => {
    const killed = start();
    await killed.event((event) => event.type === 'task-started' && event.layer === 'small-plus');
    const left = processesOf(home).map(({ pid }) => pid);
    const secrets = secretsOf(home);
    killed.kill('SIGKILL');
    await killed.ended;
    expect(left.filter(isRunning), 'still running').to.not.deep.equal([]);
    expect(leaksOf(secrets, home), 'still there').to.not.deep.equal([]);

    const next = start();
    await next.event(({ type }) => type === 'build-started');
    await until(() => left.filter(isRunning).length === 0);
    expect(next.events[0]).to.include({ type: 'cleaned' });
    expect(leaksOf(secrets, home)).to.deep.equal([]);

    const end = await next.ended;
    expect(end).to.include({ code: 0 });
    expect(next.events.filter(({ type }) => type === 'layer-reused')).to.have.length(1);
  });
});

function expectStopped(
  end: { code: number | null; signal: NodeJS.Signals | null },
  signal: 'SIGINT' | 'SIGTERM',
  { early, done }: { early: boolean; done: boolean },
): void {
  // Before Node has loaded lyncimg the signal's own default ends it; after the build it may come too late.
  const allowed: (number | string | null)[] = [signal === 'SIGINT' ? 130 : 143];
  if (early) allowed.push(signal);
  if (done) allowed.push(0);
  expect(allowed).to.include(end.signal ?? end.code);
}

/** mulberry32: small, and the same everywhere for the same seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
