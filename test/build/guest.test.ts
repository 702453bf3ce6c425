import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { join } from 'node:path';
import { startGuest, type GuestOptions } from '../../src/build/guest.js';
import type { RunningTool } from '../../src/tools/index.js';
import { controlledTool, type ControlledTool } from '../helpers/fake-tool.js';
import { isRunning } from '../helpers/processes.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('starting a guest', () => {
  const folder = temporaryFolder();
  let lyncimg: ControlledTool;
  beforeEach(async () => {
    lyncimg = await controlledTool(folder.path, 'lyncimg');
  });
  afterEach(() => lyncimg.close());

  const options = (more: Partial<GuestOptions> = {}): GuestOptions => ({
    layer: 'windows-base',
    selfCommand: [lyncimg.path, '--first'],
    os: '2012r2',
    stateFile: '/s/state.json',
    answerFolder: '/s/answer',
    mediaFolder: '/s/media',
    env: { PATH: '/usr/bin:/bin' },
    cwd: folder.path,
    log: join(folder.path, 'twin.log'),
    secrets: [],
    signal: new AbortController().signal,
    onStarted: () => Promise.resolve(),
    ...more,
  });

  it('calls lyncimg as it was called itself, with free ports', async () => {
    const starting = startGuest(options()).catch(() => undefined);
    const run = await lyncimg.started();
    expect(run.args.join(' ')).to.equal(
      '--first twin start --os 2012r2 --state /s/state.json --answer /s/answer --media /s/media --port 0 --http-port 0',
    );
    run.exit(0);
    await starting;
  });

  it('gives up on one that never says that it is ready, and ends it', async () => {
    let tool: RunningTool | undefined;
    const onStarted = (started: RunningTool): Promise<void> => {
      tool = started;
      return Promise.resolve();
    };
    const error = await startGuest(options({ readyTimeoutMs: 1, onStarted })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.include({ code: 'E_BUILD_GUEST_START', exitCode: 3 });
    expect((error as Error).message).to.include('not ready within 0.001 s');
    expect(isRunning(tool!.pid)).to.equal(false);
  });

  it('ends it again where it could not be recorded: nobody would find it after a kill -9', async () => {
    let pid = 0;
    const onStarted = (started: RunningTool): Promise<void> => {
      ({ pid } = started);
      return Promise.reject(new Error('no space'));
    };
    const error = await startGuest(options({ onStarted })).catch((thrown: unknown) => thrown);
    expect((error as Error).message).to.equal('no space');
    expect(isRunning(pid)).to.equal(false);
  });
});
