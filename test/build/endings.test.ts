// Every way in which a build can end badly, with what it leaves: nothing in the store, no process, no key.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { endKeptRun, type BuildOutcome } from '../../src/build/index.js';
import { fail, type LyncimgError } from '../../src/errors/index.js';
import { openStore } from '../../src/images/index.js';
import { isRunning, until } from '../helpers/processes.js';
import { onSmallDisk } from '../helpers/small-disk.js';
import { oneOfEach, verdict } from '../report/fixtures.js';
import { buildRig, flag, passed, type FakeGuest, type Rig } from './rig.js';

function errorOf(outcome: BuildOutcome): LyncimgError {
  if (!('error' in outcome)) throw new Error(`it ended as ${outcome.outcome}`);
  return outcome.error as LyncimgError;
}

async function expectNothingLeft(rig: Rig, outcome: BuildOutcome): Promise<void> {
  expect(await rig.store.layers()).to.deep.equal([]);
  expect(existsSync(join(outcome.folder, 'secrets')), 'secrets').to.equal(false);
  expect(existsSync(join(outcome.folder, 'tmp')), 'tmp').to.equal(false);
  const { record } = await rig.store.openRun(outcome.run);
  for (const { pgid, what } of record.processes) expect(isRunning(pgid), what).to.equal(false);
  expect(rig.typesOf().at(-1)).to.equal('build-finished');
}

describe('a guest that does not start', () => {
  const rig = buildRig();

  it('because it ends at once is told with its last words', async () => {
    const building = rig.build();
    const run = await rig.lyncimg.started();
    await run.print('E_TWIN_PORT: port 5986 is taken\n', 'stderr');
    run.exit(3);
    const outcome = await building;

    expect(errorOf(outcome).code).to.equal('E_BUILD_GUEST_START');
    expect(errorOf(outcome).exitCode).to.equal(3);
    expect(errorOf(outcome).message).to.include('port 5986 is taken').and.include('exit code 3');
    await expectNothingLeft(rig, outcome);
  });

  for (const [what, line] of [
    ['no JSON', () => 'hello' as unknown as object],
    ['an address elsewhere', (ready: object) => ({ ...ready, address: 'http://example.org' })],
    ['a port that is none', (ready: object) => ({ ...ready, port: 0 })],
    ['a machine that does not call itself a rehearsal', (ready: object) => ({ ...ready, rehearsal: false })],
  ] as const) {
    it(`because its ready line is ${what} is not believed`, async () => {
      const building = rig.build();
      await rig.guest({ ready: line });
      const outcome = await building;
      expect(errorOf(outcome).code).to.equal('E_BUILD_GUEST_START');
      await expectNothingLeft(rig, outcome);
    });
  }
});

describe('a look at the guest', () => {
  const rig = buildRig();

  it('tries a wrong password once, not six times, and Packer is not started', async () => {
    const building = rig.build();
    const guest = await rig.guest({ password: 'another one' });
    const outcome = await building;

    expect(errorOf(outcome).code).to.equal('E_WSMAN_UNAUTHORIZED');
    expect(guest.attempts).to.have.length(1);
    expect(rig.packer.runs).to.equal(0);
    await expectNothingLeft(rig, outcome);
  });

  it('gives no placeholder to what does not say that it is a twin', async () => {
    const building = rig.build();
    await rig.guest({ vendor: 'Microsoft Corporation' });
    const outcome = await building;

    expect(errorOf(outcome).code).to.equal('E_BUILD_NOT_A_TWIN');
    expect(rig.packer.runs).to.equal(0);
    await expectNothingLeft(rig, outcome);
  });
});

describe('a run of Packer that fails', () => {
  const rig = buildRig();

  it('names the failing task, its message and the log, and shows no dump', async () => {
    const building = rig.build();
    await rig.guest();
    const packer = await rig.bakes();
    await packer.tellTask({
      type: 'task-started',
      task: 'Install Windows features',
      index: 8,
      total: 9,
      play: '',
    });
    const message = 'Failed to add Windows Feature: source files could not be found. Error: 0x800f081f';
    await packer.tellTask({
      type: 'task-finished',
      task: 'Install Windows features',
      status: 'failed',
      message,
    });
    await packer.run.print('noise\n'.repeat(500));
    packer.run.exit(1);
    const outcome = await building;

    const error = errorOf(outcome);
    expect(error.code).to.equal('E_BUILD_PAYLOAD_MISSING');
    expect(error.message).to.include('"Install Windows features"').and.include('0x800f081f');
    expect(error.suggestions.join()).to.include('packer.log');
    expect(error.message).to.not.include('noise');
    expect(rig.events.find(({ type }) => type === 'layer-failed')).to.include({
      code: 'E_BUILD_PAYLOAD_MISSING',
    });
    await expectNothingLeft(rig, outcome);
  });

  it('is the death of the guest where that came first, and Packer does not wait for its time limits', async () => {
    const building = rig.build();
    const guest = await rig.guest();
    const packer = await rig.bakes();
    await packer.tellTask({ type: 'task-started', task: 'Install', index: 1, total: 2, play: '' });
    process.kill(guest.run.pid, 'SIGKILL');
    const outcome = await building;

    const error = errorOf(outcome);
    expect(error.code).to.equal('E_BUILD_GUEST_DIED');
    expect(error.message).to.include('SIGKILL').and.include('"Install"');
    await expectNothingLeft(rig, outcome);
  });
});

describe('a guest of the second layer, which starts from the state of the first', () => {
  const rig = buildRig('lync-common');

  it('is noticed when it dies, although that state looks like the end of a layer', async () => {
    const building = rig.build();
    await rig.layerIsBuilt();
    const guest = await rig.guest();
    const packer = await rig.bakes();
    await packer.tellTask({ type: 'task-started', task: 'Install', index: 1, total: 2, play: '' });
    process.kill(guest.run.pid, 'SIGKILL');
    const outcome = await building;

    expect(errorOf(outcome).code).to.equal('E_BUILD_GUEST_DIED');
    expect(errorOf(outcome).message)
      .to.include('lync-common')
      .and.include('SIGKILL')
      .and.include('"Install"');
    expect(await rig.store.layers()).to.have.length(1);
  });

  it('must have written a state of its own to be done', async () => {
    const building = rig.build();
    await rig.layerIsBuilt();
    const guest = await rig.guest();
    const packer = await rig.bakes();
    await packer.judge(passed);
    packer.run.exit(0);
    await until(() => rig.typesOf().filter((type) => type === 'gate-judged').length === 2);
    await guest.end({ state: null });

    expect(errorOf(await building).code).to.equal('E_BUILD_GUEST_STAYED');
    expect(await rig.store.layers()).to.have.length(1);
  });

  it('is not said to have the verdicts of the first when it has none', async () => {
    const building = rig.build();
    await rig.layerIsBuilt();
    await rig.guest();
    (await rig.bakes()).run.exit(1);
    const outcome = await building;

    expect(outcome).to.include({ outcome: 'failed', report: null });
  });
});

describe('the log of a layer that failed', () => {
  const rig = buildRig();
  const logNamed = (): string | null => rig.events.find((event) => event.type === 'layer-failed')!.log;

  it("is none where nothing was started, and the guest's where Packer was not", async () => {
    await rig.build({ credentials: () => Promise.reject(fail('E_DISK_FULL', { path: '/', quota: false })) });
    expect(logNamed()).to.equal(null);

    rig.events.length = 0;
    const building = rig.build();
    await rig.guest({ vendor: 'Microsoft Corporation' });
    await building;
    expect(logNamed()).to.match(/twin\.log$/);
  });

  it("is Packer's where Packer failed", async () => {
    const building = rig.build();
    await rig.guest();
    (await rig.bakes()).run.exit(1);
    await building;
    expect(logNamed()).to.match(/packer\.log$/);
  });
});

describe('the gate', () => {
  const rig = buildRig();

  async function judged(
    verdicts: Parameters<Awaited<ReturnType<Rig['bakes']>>['judge']>[0],
    exitCode: number,
  ) {
    const building = rig.build();
    await rig.guest();
    const packer = await rig.bakes();
    await packer.judge(verdicts);
    packer.run.exit(exitCode);
    return building;
  }

  it('that finds something missing ends with 1, lists it, and hands its report on', async () => {
    const outcome = await judged(oneOfEach, 1);

    const error = errorOf(outcome);
    expect(error.code).to.equal('E_BUILD_GATE_FAILED');
    expect(error.exitCode).to.equal(1);
    expect(error.message).to.include('NET-Framework-Core').and.not.include('Web-Server');
    expect(outcome.report?.verdicts).to.deep.equal(oneOfEach);
    await expectNothingLeft(rig, outcome);
  });

  it('that could not judge everything ends with 4', async () => {
    const outcome = await judged([verdict('hotfix/KB1', 'unknown', { cause: 'denied' }), ...passed], 1);
    expect(errorOf(outcome).code).to.equal('E_BUILD_GATE_UNKNOWN');
    expect(errorOf(outcome).exitCode).to.equal(4);
    await expectNothingLeft(rig, outcome);
  });

  it('counts by its report, whatever Packer says', async () => {
    const outcome = await judged(oneOfEach, 0);
    expect(errorOf(outcome).code).to.equal('E_BUILD_GATE_FAILED');
  });

  it('that left no report keeps the layer out', async () => {
    const building = rig.build();
    const guest = await rig.guest();
    const packer = await rig.bakes();
    await guest.end();
    packer.run.exit(0);
    const outcome = await building;
    expect(errorOf(outcome).code).to.equal('E_BUILD_GATE_MISSING');
    await expectNothingLeft(rig, outcome);
  });

  it('that judged another machine keeps the layer out', async () => {
    const building = rig.build();
    const guest = await rig.guest();
    const packer = await rig.bakes();
    await packer.judge(passed, { host: 'fe01:5986' });
    await guest.end();
    packer.run.exit(0);
    expect(errorOf(await building).code).to.equal('E_BUILD_GATE_MISSING');
  });
});

describe('a layer is kept only if its guest', () => {
  const rig = buildRig();
  const endings: [string, Parameters<FakeGuest['end']>[0], RegExp][] = [
    ['was un-keyed', { access: 'keyed' }, /not un-keyed/],
    ['switched itself off', { offBy: 'host' }, /did not switch itself off/],
    ['left a state', { state: null }, /no state/],
    ['left a state that can be read', { state: '{"half":' }, /no state/],
    ['ended well', { exitCode: 70 }, /exit code 70/],
  ];
  for (const [what, how, message] of endings) {
    it(what, async () => {
      const building = rig.build();
      const guest = await rig.guest();
      const packer = await rig.bakes();
      await packer.judge(passed);
      packer.run.exit(0);
      await until(() => rig.typesOf().includes('gate-judged'));
      await guest.end(how);
      const outcome = await building;

      expect(errorOf(outcome).code).to.equal('E_BUILD_GUEST_STAYED');
      expect(errorOf(outcome).message).to.match(message);
      await expectNothingLeft(rig, outcome);
    });
  }
});

describe('sealing that fails', () => {
  const rig = buildRig();

  it('keeps the layers and makes no image', async () => {
    const building = rig.build();
    await rig.layerIsBuilt();
    await rig.seals({ exitCode: 3 });
    expect(errorOf(await building).code).to.equal('E_BUILD_SEAL_FAILED');
    expect(await rig.store.layers()).to.have.length(1);
    expect(await rig.store.images()).to.deep.equal([]);
  });

  it('is noticed in its result, too', async () => {
    const building = rig.build();
    await rig.layerIsBuilt();
    await rig.seals({ access: 'unkeyed' });
    expect(errorOf(await building).message).to.include('not sealed');
  });
});

describe('an interrupted build', () => {
  const rig = buildRig();
  const stop = (): void => {
    rig.interrupt.abort(fail('E_INTERRUPTED', { state: 'What was complete is kept.' }));
  };

  it('ends while the guest starts', async () => {
    const building = rig.build();
    await rig.lyncimg.started();
    stop();
    const outcome = await building;
    expect(outcome.outcome).to.equal('interrupted');
    expect(errorOf(outcome).exitCode).to.equal(130);
    await expectNothingLeft(rig, outcome);
  });

  it('ends Packer, what Packer started, and the guest', async () => {
    const building = rig.build();
    await rig.guest();
    const packer = await rig.bakes();
    const grandchild = await packer.run.startGrandchild();
    stop();
    const outcome = await building;
    expect(errorOf(outcome).code).to.equal('E_INTERRUPTED');
    expect(isRunning(grandchild)).to.equal(false);
    await expectNothingLeft(rig, outcome);
  });

  it('keeps nothing where Packer was done and the guest was not', async () => {
    const building = rig.build();
    await rig.guest();
    const packer = await rig.bakes();
    await packer.judge(passed);
    packer.run.exit(0);
    await until(() => rig.typesOf().includes('gate-judged'));
    stop();
    const outcome = await building;
    expect(outcome.outcome).to.equal('interrupted');
    await expectNothingLeft(rig, outcome);
  });

  it('says nothing of a failed layer, and records the run as interrupted', async () => {
    const building = rig.build({ keepOnFailure: true });
    await rig.guest();
    await rig.bakes();
    stop();
    const outcome = await building;
    expect(rig.typesOf()).to.not.include('layer-failed').and.not.include('kept');
    expect((await rig.store.openRun(outcome.run)).record.state).to.equal('interrupted');
  });

  it('waits for nobody else', async () => {
    const lock = await rig.store.lock(rig.plan.layers[0]!.digest);
    const building = rig.build();
    await until(() => rig.typesOf().includes('layer-waiting'));
    stop();
    expect((await building).outcome).to.equal('interrupted');
    await lock.release();
  });
});

describe('--keep-on-failure', () => {
  const rig = buildRig();

  it('leaves the guest running, recorded as kept, and says how to reach and to end it', async () => {
    const building = rig.build({ keepOnFailure: true });
    const guest = await rig.guest();
    (await rig.bakes()).run.exit(1);
    const outcome = await building;

    expect(outcome.outcome).to.equal('failed');
    expect(isRunning(guest.run.pid)).to.equal(true);
    const { record } = await rig.store.openRun(outcome.run);
    expect(record.state).to.equal('kept');
    const kept = rig.events.find((event) => event.type === 'kept')!;
    expect(kept.message).to.include(`127.0.0.1:${guest.port}`).and.include(`lyncimg runs end ${outcome.run}`);
    const passwordFile = / password lies in (\S+)/.exec(kept.message)![1]!;
    expect((await readFile(passwordFile, 'utf8')).trim()).to.equal(guest.password);
    expect((await stat(passwordFile)).mode & 0o777).to.equal(0o600);
    expect(existsSync(join(flag(guest.run, '--answer'), 'ca.crt'))).to.equal(true);
    expect(kept).to.deep.include({
      ...{ address: '127.0.0.1', port: guest.port, user: 'Administrator', passwordFile },
      caFile: join(flag(guest.run, '--answer'), 'ca.crt'),
    });

    expect(await endKeptRun(rig.store, outcome.run)).to.equal(1);
    expect(isRunning(guest.run.pid)).to.equal(false);
    expect(existsSync(passwordFile)).to.equal(false);
    const again = await endKeptRun(rig.store, outcome.run).catch((error: unknown) => error);
    expect(again).to.include({ code: 'E_RUN_NOT_KEPT', exitCode: 2 });
  });

  it('stays recorded, and its password too, while a process of it cannot be ended', async () => {
    const run = await rig.store.beginRun();
    await run.recordProcess({ what: 'twin', pgid: 4711, startTime: 1, boot: null });
    await run.finish('kept', 'for a look');
    const endGroup = () => Promise.resolve({ ended: [], left: [4711] });

    const error = await endKeptRun(rig.store, run.id, endGroup).catch((thrown: unknown) => thrown);

    expect(error).to.include({ code: 'E_RUN_STAYED', exitCode: 3 });
    expect((error as Error).message).to.include('4711');
    expect((await rig.store.openRun(run.id)).record.state).to.equal('kept');
    expect(existsSync(run.secretsFolder)).to.equal(true);
  });

  it('keeps nothing where the guest itself has gone', async () => {
    const building = rig.build({ keepOnFailure: true });
    const guest = await rig.guest();
    await rig.bakes();
    process.kill(guest.run.pid, 'SIGKILL');
    const outcome = await building;
    expect(rig.typesOf()).to.not.include('kept');
    await expectNothingLeft(rig, outcome);
  });
});

describe('a full disk', () => {
  const rig = buildRig();

  it('is told as that, whatever it broke', async function () {
    await onSmallDisk(this, rig.folder, async ({ path, fill }) => {
      const building = rig.build({ store: openStore(join(path, 'state')) });
      await rig.guest({
        ready: (line) => {
          fill();
          return line;
        },
      });
      const outcome = await building;
      expect(errorOf(outcome).code).to.equal('E_DISK_FULL');
    });
  });
});
