import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { logFileName, logSink } from '../../../src/cli/sinks/log-sink.js';
import { buildEvents } from './events.js';

describe("a run's log", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-log-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("lies in the run's folder and has a time on each line", async () => {
    const sink = logSink();
    for (const event of buildEvents(folder)) sink.event(event);
    await sink.close();

    const lines = (await readFile(join(folder, logFileName), 'utf8')).trimEnd().split('\n');
    expect(lines.at(-1)).to.match(/^2026-11-23T12:00:13\.000Z {2}REHEARSAL/);
    for (const line of lines) expect(line).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z {2}./);
  });

  it('begins with what was said before the run had a folder', async () => {
    const sink = logSink();
    sink.event({ at: '2026-11-23T11:59:59.000Z', type: 'cleaned', what: 'run-0' });
    for (const event of buildEvents(folder)) sink.event(event);
    const text = await readFile(join(folder, logFileName), 'utf8');
    expect(text).to.match(/^2026-11-23T11:59:59\.000Z {2}cleaned: run-0\n/);
  });

  it('changes to the folder of the next build of the same command', async () => {
    const next = join(folder, 'next');
    await mkdir(next);
    const sink = logSink();
    for (const event of [...buildEvents(folder), ...buildEvents(next)]) sink.event(event);
    const [first, second] = await Promise.all(
      [folder, next].map((at) => readFile(join(at, logFileName), 'utf8')),
    );
    expect(first!.replaceAll(folder, '')).to.equal(second!.replaceAll(next, ''));
  });
});
