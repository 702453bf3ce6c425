import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { chooseSinks, joinSinks } from '../../../src/cli/sinks/choose-sinks.js';
import { buildEvents } from './events.js';

describe('the choice of sinks', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-sinks-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function stderrOf(options: {
    isTTY: boolean;
    environment?: NodeJS.ProcessEnv;
    events?: string;
  }): Promise<string> {
    const stderr = new PassThrough() as unknown as NodeJS.WriteStream;
    Object.assign(stderr, { isTTY: options.isTTY, columns: 100, rows: 40 });
    let text = '';
    stderr.on('data', (part: Buffer) => (text += part.toString('utf8')));
    const sink = chooseSinks({ stderr, environment: options.environment ?? {}, events: options.events });
    for (const event of buildEvents(folder)) sink.event(event);
    await sink.close();
    return text;
  }

  it('is plain lines where stderr is no terminal', async () => {
    expect(await stderrOf({ isTTY: false })).to.include('0:08  lync-common: [3/17] Install features\n');
  });

  it('is plain lines under CI, terminal or not', async () => {
    expect(await stderrOf({ isTTY: true, environment: { CI: 'true' } })).to.not.include('\u001b');
  });

  it('is a live display on a terminal', async () => {
    expect(await stderrOf({ isTTY: true, environment: { CI: '' } })).to.include('\u001b');
  });

  it('is JSON lines alone on stderr for --events -', async () => {
    const lines = (await stderrOf({ isTTY: true, events: '-' })).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).to.include('layer-built');
  });

  it('is progress and a file for --events FILE', async () => {
    const file = join(folder, 'events.jsonl');
    expect(await stderrOf({ isTTY: false, events: file })).to.include('lync-common: built');
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).to.have.length(buildEvents(folder).length);
  });

  it("always keeps the run's log", async () => {
    await stderrOf({ isTTY: false, events: '-' });
    expect(await readFile(join(folder, 'build.log'), 'utf8')).to.include('Done after');
  });
});

describe('several sinks', () => {
  it('go on without one that broke, which is said once', async () => {
    const seen: string[] = [];
    const said: string[] = [];
    const broken = {
      event: () => {
        throw new Error('ENOSPC: no space left on device');
      },
      close: () => Promise.resolve(),
    };
    const working = {
      event: (event: { type: string }) => seen.push(event.type),
      close: () => Promise.resolve(),
    };

    const sink = joinSinks([broken, working], (error) => said.push(error.message));
    for (const event of buildEvents('/x').slice(0, 3)) sink.event(event);
    await sink.close();

    expect(seen).to.have.length(3);
    expect(said).to.deep.equal(['ENOSPC: no space left on device']);
  });
});
