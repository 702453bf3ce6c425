// The command as a child process: its one line, its signals, its exit codes.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { captureOutput } from '@oclif/test';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import TwinStart from '../../../src/commands/twin/start.js';
import type { ReadyLine } from '../../../src/twin/index.js';
import { packageRoot } from '../../twin/rig.js';

// The sources, as a build runs what is built: one process, nothing between it and its signals.
// SIGUSR2 makes it say something, as a defect would.
const program = `
  process.on('SIGUSR2', () => process.stderr.write('something'));
  const { default: Start } = await import(${JSON.stringify(join(packageRoot, 'src/commands/twin/start.ts'))});
  const { handle } = await import('@oclif/core');
  try {
    await Start.run(process.argv.slice(1), ${JSON.stringify(`file://${packageRoot}/bin/run.js`)});
  } catch (error) {
    await handle(error);
  }
`;

describe('lyncimg twin start', function () {
  // A child compiles the sources before it starts.
  this.timeout(60_000);
  let folder: string;
  let children: ChildProcess[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-command-'));
    children = [];
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  interface Started {
    child: ChildProcess;
    lines: string[];
    firstLine: Promise<string>;
    ended: Promise<{ code: number | null; stderr: string }>;
  }

  const start = (args: string[], env: Record<string, string> = {}): Started => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', program, '--', ...args],
      {
        cwd: packageRoot,
        env: { ...process.env, TMPDIR: folder, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    children.push(child);
    const lines: string[] = [];
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const reader = createInterface(child.stdout);
    reader.on('line', (line) => lines.push(line));
    const ended = new Promise<{ code: number | null; stderr: string }>((done) => {
      child.on('close', (code) => {
        done({ code, stderr });
      });
    });
    const firstLine = new Promise<string>((done, failed) => {
      reader.once('line', done);
      void ended.then(() => {
        failed(new Error(`it ended first: ${stderr}`));
      });
    });
    firstLine.catch(() => undefined);
    return { child, lines, firstLine, ended };
  };

  it('prints one line, runs until SIGTERM, saves the state and exits 0', async () => {
    const state = join(folder, 'state.json');
    const twin = start(['--os', '2012R2', '--state', state]);
    const ready = JSON.parse(await twin.firstLine) as ReadyLine;

    expect(Object.keys(ready)).to.deep.equal([
      'type',
      'rehearsal',
      'pid',
      'os',
      'address',
      'port',
      'httpPort',
      'user',
      'caFile',
      'thumbprint',
      'passwordFile',
    ]);
    expect(ready).to.include({
      type: 'twin-ready',
      pid: twin.child.pid,
      os: '2012r2',
      user: 'Administrator',
    });
    twin.child.kill('SIGTERM');
    expect(await twin.ended).to.deep.equal({ code: 0, stderr: '' });
    expect(twin.lines).to.have.length(1);
    expect(JSON.parse(await readFile(state, 'utf8'))).to.have.nested.property('power.offBy', 'host');
    expect((await readdir(folder)).filter((name) => name.startsWith('lyncimg-twin-'))).to.deep.equal([]);
  });

  it('keeps a given password out of its ready line and its environment', async () => {
    const secret = 'S3cret-of-the-test';
    const twin = start(['--os', '2012r2'], { LYNCIMG_TWIN_PASSWORD: secret });
    const line = await twin.firstLine;

    expect(line).to.not.contain(secret);
    expect((JSON.parse(line) as ReadyLine).passwordFile).to.equal(null);
    twin.child.kill('SIGINT');
    expect((await twin.ended).code).to.equal(0);
  });

  it('goes on where nobody reads its words any more, as when a build keeps it for a look', async () => {
    const twin = start(['--os', '2012r2']);
    await twin.firstLine;
    twin.child.stderr!.destroy();
    twin.child.kill('SIGUSR2');
    twin.child.kill('SIGTERM');
    expect((await twin.ended).code).to.equal(0);
  });

  it('exits with the code of what is wrong, and says what to do', async () => {
    const state = join(folder, 'bad.json');
    await writeFile(state, '[]');
    const run = async (...args: string[]): Promise<{ exit: number | undefined; text: string }> => {
      const { error, stderr } = await captureOutput(() => TwinStart.run(args, import.meta.url));
      return { exit: error?.oclif?.exit, text: stderr };
    };
    const nothing = await run();
    const wrong = await run('--state', state);
    const unknown = await run('--os', '2003');

    expect(nothing.exit).to.equal(2);
    expect(nothing.text).to.contain('--os 2012r2');
    expect(wrong.exit).to.equal(2);
    expect(wrong.text).to.contain('E_TWIN_STATE_FILE');
    expect(unknown.exit).to.equal(2);
    expect(unknown.text).to.contain('E_TWIN_OS').and.contain('2012r2');
  });

  it('says that a state file is not there, and what a new machine needs', async () => {
    const state = join(folder, 'new.json');
    const { error, stderr } = await captureOutput(() => TwinStart.run(['--state', state], import.meta.url));

    expect(error?.oclif?.exit).to.equal(2);
    expect(stderr).to.contain(`There is no state file ${state}`).and.contain(`--os 2012r2 --state ${state}`);
  });

  it('looks for the image where the other commands do', async () => {
    const before = process.cwd();
    process.chdir(folder);
    // An empty variable is one that is not set.
    process.env['LYNCIMG_HOME'] = '';
    try {
      const run = (...args: string[]) =>
        captureOutput(() => TwinStart.run(['--image', 'front-end-2012r2', ...args], import.meta.url));

      expect((await run()).stderr).to.contain(join(process.cwd(), '.lyncimg'));
      expect((await run('--output', 'elsewhere')).stderr).to.contain(join(process.cwd(), 'elsewhere'));
    } finally {
      process.chdir(before);
      delete process.env['LYNCIMG_HOME'];
    }
  });
});
