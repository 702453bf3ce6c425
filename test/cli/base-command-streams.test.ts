// What becomes of a command whose streams break or that loses an exception: real processes, real pipes.
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const fixture = join(import.meta.dirname, '../fixtures/commands/talking.ts');
type Stream = 'read' | 'gone' | 'full';

describe('BaseCommand', () => {
  const folder = temporaryFolder();

  const talk = async (
    args: string[],
    streams: { stdout?: Stream; stderr?: Stream },
  ): Promise<{ code: number | null; stdout: string; stderr: string; journal: string }> => {
    const file = join(folder.path, 'journal');
    const full = openSync('/dev/full', 'w');
    const target = (stream: Stream = 'read'): 'pipe' | number => (stream === 'full' ? full : 'pipe');
    const child = spawn(process.execPath, ['--import', 'tsx', fixture, file, ...args], {
      stdio: ['ignore', target(streams.stdout), target(streams.stderr)],
    });
    closeSync(full);
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      if (streams[name] === 'gone') child[name]?.destroy();
      else child[name]?.on('data', (part: Buffer) => (texts[name] += part.toString()));
    }
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, ...texts, journal: await readFile(file, 'utf8') };
  };

  before(function () {
    if (!existsSync('/dev/full')) this.skip();
  });

  for (const stderr of ['gone', 'full'] as const) {
    it(`goes on where nobody can be told of its progress: stderr is ${stderr}`, async () => {
      const { code, stdout, journal } = await talk([], { stderr });

      expect(code).to.equal(0);
      expect(stdout).to.equal('result 1\nresult 2\nresult 3\n');
      expect(journal).to.equal('went on');
    });
  }

  it('goes on in silence where the reader of its results has gone', async () => {
    const { code, stderr, journal } = await talk([], { stdout: 'gone' });

    expect(code).to.equal(0);
    expect(stderr).to.equal('progress 1\nprogress 2\nprogress 3\n');
    expect(journal).to.equal('went on');
  });

  it('goes on where both are gone, as with `2>&1 | head`', async () => {
    const { code, journal } = await talk([], { stdout: 'gone', stderr: 'gone' });

    expect(code).to.equal(0);
    expect(journal).to.equal('went on');
  });

  it('is ended by its own path where its results cannot be written: E_OUTPUT_STREAM and 3', async () => {
    const { code, stderr, journal } = await talk(['wait'], { stdout: 'full' });

    expect(code).to.equal(3);
    expect(journal).to.equal('cleaned up');
    expect(stderr)
      .to.contain('E_OUTPUT_STREAM')
      .and.to.contain('ENOSPC')
      .and.not.to.match(/^\s+at /m);
    expect(stderr.split('E_OUTPUT_STREAM')).to.have.length(2);
  });

  for (const args of [[], ['--json']]) {
    it(`does not claim success where its results were lost: ${args.join(' ') || 'as text'}`, async () => {
      const { code, stderr } = await talk(args, { stdout: 'full' });

      expect(code).to.equal(3);
      expect(stderr).to.contain('E_OUTPUT_STREAM');
    });
  }

  it('cleans up and says E_INTERNAL and 70 after an exception that nobody caught', async () => {
    const { code, stderr, journal } = await talk(['stray'], {});

    expect(code).to.equal(70);
    expect(journal).to.equal('cleaned up');
    expect(stderr)
      .to.contain('E_INTERNAL')
      .and.to.contain('x is not a function')
      .and.not.to.match(/^\s+at /m);
    expect(stderr.split('E_INTERNAL')).to.have.length(2);
  });

  it('keeps such an exception in --json', async () => {
    const { code, stdout } = await talk(['stray', '--json'], {});

    expect(code).to.equal(70);
    expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'E_INTERNAL');
  });

  it('shows the stack of such an exception where it is asked for', async () => {
    const { stderr } = await talk(['stray', '--verbose'], {});

    expect(stderr).to.match(/at .*talking\.ts/);
  });
});
