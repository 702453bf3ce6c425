import { expect } from 'chai';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { startTool, type RunningTool, type ToolLine, type ToolOptions } from '../../src/tools/index.js';
import { processStat } from '../../src/util/index.js';
import { controlledTool, scriptTool, type ControlledTool } from '../helpers/fake-tool.js';
import { isRunning } from '../helpers/processes.js';
import { onSmallDisk } from '../helpers/small-disk.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const secret = 'Gu3st-Passw0rd!';

describe('a tool that runs', () => {
  const folder = temporaryFolder();
  let fake: ControlledTool;
  let lines: ToolLine[];

  beforeEach(async () => {
    fake = await controlledTool(folder.path, 'packer');
    lines = [];
  });
  afterEach(async () => {
    await fake.close();
  });

  const start = (options: Partial<ToolOptions> = {}): Promise<RunningTool> =>
    startTool({
      file: fake.path,
      args: ['build', '.'],
      env: { PATH: '/usr/bin:/bin', LYNCIMG_GUEST_PASSWORD: secret },
      cwd: folder.path,
      log: join(folder.path, 'packer.log'),
      secrets: [secret],
      graceMs: 200,
      onLine: (line) => lines.push(line),
      ...options,
    });

  it('gets its arguments, its folder, and no variable but those given', async () => {
    process.env['LEAKED'] = 'from the user';
    const tool = await start();
    const run = await fake.started();
    delete process.env['LEAKED'];

    expect(run.args).to.deep.equal(['build', '.']);
    expect(run.cwd).to.equal(folder.path);
    // PWD, SHLVL and _ are the shell's own that starts the fake.
    expect(Object.keys(run.env)).to.have.members([
      'PATH',
      'LYNCIMG_GUEST_PASSWORD',
      'PWD',
      ...Object.keys(run.env).filter((name) => ['OLDPWD', 'SHLVL', '_'].includes(name)),
    ]);
    run.exit(0);
    await tool.ended;
  });

  it('leads a process group of its own', async () => {
    const tool = await start();
    const run = await fake.started();

    expect(processStat(run.pid)?.group).to.equal(tool.pid);
    expect(tool.group).to.deep.include({ pgid: run.pid, startTime: processStat(run.pid)?.startTime });
    run.exit(0);
    await tool.ended;
  });

  it('is heard line by line, without secrets, and logged for this user alone', async () => {
    const tool = await start();
    const run = await fake.started();
    await run.print(`pw=${secret.slice(0, 5)}`);
    await run.print(`${secret.slice(5)}\nnext\n`);
    await run.print(`Basic ${Buffer.from(`Administrator:${secret}`).toString('base64')}\n`, 'stderr');
    run.exit(3);

    const ended = await tool.ended;

    const texts = lines.filter((line) => line.stream === 'stdout').map((line) => line.text);
    expect(texts).to.deep.equal(['pw=<redacted>', 'next']);
    const log = await readFile(join(folder.path, 'packer.log'), 'utf8');
    expect(log)
      .to.contain('pw=<redacted>\nnext\n')
      .and.to.match(/^Basic \w+<redacted>[\w+/]?=*$/m);
    expect((await stat(join(folder.path, 'packer.log'))).mode & 0o777).to.equal(0o600);
    expect(ended).to.deep.include({ exitCode: 3, signal: null, timedOut: false, stopped: false, left: [] });
    expect(ended.tail).to.include('next').and.to.have.length(3);
    expect(ended.log).to.equal(join(folder.path, 'packer.log'));
  });

  it('is asked to stop by SIGINT to its group, and nothing of it is left', async () => {
    const tool = await start();
    const run = await fake.started();
    const grandchild = await run.startGrandchild();

    const ended = await tool.stop();

    expect(ended).to.deep.include({ stopped: true, signal: 'SIGINT', left: [] });
    expect([run.pid, grandchild].filter(isRunning)).to.deep.equal([]);
  });

  it('is killed with its group when it does not listen', async () => {
    const tool = await start();
    const run = await fake.started();
    await run.ignore('SIGINT');
    const grandchild = await run.startGrandchild();

    const ended = await tool.stop();

    expect(ended).to.deep.include({ stopped: true, signal: 'SIGKILL' });
    expect([run.pid, grandchild].filter(isRunning)).to.deep.equal([]);
  });

  it('takes the grandchildren that it forgot with it, though they hold its pipe', async () => {
    const tool = await start();
    const run = await fake.started();
    const grandchild = await run.startGrandchild();
    run.exit(0);

    const ended = await tool.ended;

    expect(ended).to.deep.include({ exitCode: 0, stopped: false, left: [] });
    expect(isRunning(grandchild)).to.equal(false);
  });

  it('ends even when a process that left its group holds the pipe', async () => {
    const tool = await start();
    const run = await fake.started();
    const escaped = await run.startGrandchild({ ownGroup: true });
    run.exit(0);

    expect(await tool.ended).to.deep.include({ exitCode: 0 });

    process.kill(escaped, 'SIGKILL');
  });

  it('stops when the signal is aborted', async () => {
    const controller = new AbortController();
    const tool = await start({ signal: controller.signal });
    await fake.started();

    controller.abort();

    expect(await tool.ended).to.deep.include({ stopped: true, timedOut: false });
  });

  it('is not started when the signal is aborted already', async () => {
    const reason = new Error('interrupted');

    const error = await start({ signal: AbortSignal.abort(reason) }).catch((caught: unknown) => caught);

    expect(error).to.equal(reason);
    expect(fake.runs).to.equal(0);
  });

  it('stops at its time limit', async () => {
    const tool = await start({ timeoutMs: 300 });

    expect(await tool.ended).to.deep.include({ stopped: true, timedOut: true, exitCode: null });
  });

  it('can be asked to stop with another signal', async () => {
    const tool = await start({ stopSignal: 'SIGTERM' });
    await fake.started();

    expect(await tool.stop()).to.deep.include({ signal: 'SIGTERM' });
  });

  it('ends as a full disk when its log cannot be written', async function () {
    await onSmallDisk(this, folder.path, async (disk) => {
      const tool = await start({ log: join(disk.path, 'packer.log') });
      const run = await fake.started();
      disk.fill();
      // The file system may have kept a page for the log: more than that is asked of it.
      await run.print(`${'x'.repeat(10_000)}\n`);

      const error = await tool.ended.catch((caught: unknown) => caught);

      expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_DISK_FULL');
      expect((error as LyncimgError).exitCode).to.equal(3);
      expect(isRunning(run.pid)).to.equal(false);
    });
  });

  it('ends when the one who listens fails, and says so', async () => {
    const tool = await start({
      onLine: () => {
        throw new Error('a defect of the listener');
      },
    });
    const run = await fake.started();
    await run.print('a line\n');

    const error = await tool.ended.catch((caught: unknown) => caught);

    expect(error).to.be.an('error').with.property('message', 'a defect of the listener');
    expect(isRunning(run.pid)).to.equal(false);
  });

  it('that cannot be started is an error that names it', async () => {
    const error = await start({ file: join(folder.path, 'nothing') }).catch((caught: unknown) => caught);

    expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_TOOL_START');
    expect((error as LyncimgError).message)
      .to.contain(join(folder.path, 'nothing'))
      .and.contain('ENOENT');
  });

  it('that is too quick to be watched ends like any other', async () => {
    const file = await scriptTool(folder.path, 'quick', 'echo done');
    const tool = await start({ file });

    expect(await tool.ended).to.deep.include({ exitCode: 0, tail: ['done'] });
  });
});
