import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { jsonLinesSink } from '../../../src/cli/sinks/json-lines-sink.js';
import type { LyncimgError } from '../../../src/errors/index.js';
import { events } from './events.js';

describe('events as JSON lines', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-sink-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('are in the file at once, each on a line of its own', async () => {
    const file = join(folder, 'events.jsonl');
    const sink = jsonLinesSink(file, () => expect.fail('nothing for stderr'));
    for (const [index, event] of events.entries()) {
      sink.event(event);
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      expect(lines).to.have.length(index + 1);
      expect(JSON.parse(lines.at(-1)!)).to.deep.equal(event);
    }
    await sink.close();
  });

  it('go to stderr for "-"', async () => {
    let text = '';
    const sink = jsonLinesSink('-', (part) => (text += part));
    for (const event of events) sink.event(event);
    await sink.close();
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).to.deep.equal(events);
  });

  it('that cannot be written are refused before the build begins', () => {
    try {
      jsonLinesSink(join(folder, 'no', 'such', 'folder'), () => undefined);
      expect.fail('accepted');
    } catch (error) {
      expect((error as LyncimgError).code).to.equal('E_BUILD_OUTPUT');
      expect((error as LyncimgError).exitCode).to.equal(2);
    }
  });
});
