import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { BuildEvent } from '../../../src/build/index.js';
import { listrSink } from '../../../src/cli/sinks/listr-sink.js';
import { events } from './events.js';

// eslint-disable-next-line no-control-regex -- control sequences are what is taken out
const controlSequences = /\x1b\[[0-9;?]*[A-Za-z]/g;

/** A terminal of 100 columns that remembers what was drawn, without its control sequences. */
function terminal(): { stream: NodeJS.WriteStream; text: () => string } {
  const stream = new PassThrough() as PassThrough & Partial<NodeJS.WriteStream>;
  let text = '';
  stream.on('data', (part: Buffer) => (text += part.toString('utf8')));
  Object.assign(stream, { isTTY: true, columns: 100, rows: 40 });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    text: () => text.replaceAll(controlSequences, ''),
  };
}

async function show(list: BuildEvent[]): Promise<string> {
  const { stream, text } = terminal();
  const sink = listrSink(stream);
  for (const event of list) {
    sink.event(event);
    await new Promise(setImmediate); // as events come in life: not all in one turn
  }
  await sink.close();
  await new Promise(setImmediate); // the stream hands on its last part in a turn of its own
  return text();
}

describe('the live display', () => {
  it('has a line a layer, which ends with how it came out', async () => {
    const text = await show(events);
    expect(text).to.include('windows-base: stored already (aaaaaaaaaaaa)');
    expect(text).to.include('lync-common: built in 0:11');
    expect(text).to.include('image: rehearsal/lync-common-2012r2@cccccccccccc');
  });

  it('says REHEARSAL before and after', async () => {
    expect((await show(events)).match(/REHEARSAL/g)).to.have.length(2);
  });

  it('shows all events that come in one turn', async () => {
    const { stream, text } = terminal();
    const sink = listrSink(stream);
    for (const event of events) sink.event(event);
    await sink.close();
    await new Promise(setImmediate);
    expect(text()).to.include('lync-common: built in 0:11');
  });

  it('ends after a failure, naming its code, without telling the whole story a second time', async () => {
    const failure: BuildEvent[] = [
      ...events.slice(0, 5),
      {
        at: events[5]!.at,
        type: 'layer-failed',
        layer: 'lync-common',
        code: 'E_BUILD_TASK_FAILED',
        message: 'the long story',
        log: null,
      },
      {
        at: events[5]!.at,
        type: 'build-finished',
        outcome: 'failed',
        rehearsal: true,
        reference: null,
        durationMs: 8000,
      },
    ];
    const text = await show(failure);
    expect(text).to.include('lync-common: failed (E_BUILD_TASK_FAILED)');
    expect(text).to.not.include('the long story');
    expect(text).to.include('Failed after 0:08');
  });

  it('shows what the wait for WinRM sees on the line of its layer', async () => {
    const contact: BuildEvent = {
      ...{ at: events[3]!.at, type: 'guest-contact', layer: 'lync-common', state: 'never-answered' },
      ...{ sinceMs: 0, durations: { 'never-answered': 10_000 }, reason: null },
    };
    const text = await show([...events.slice(0, 4), contact]);
    expect(text).to.include('lync-common: waiting for WinRM: never answered (10 s)');
  });

  it('shows two builds of one command one after the other', async () => {
    const text = await show([...events, ...events]);
    expect(text.match(/Done after/g)).to.have.length(2);
  });

  it('can be closed in the middle, as an interrupted build does', async () => {
    expect(await show(events.slice(0, 6))).to.include('lync-common');
  });

  it('leaves the signals of the process alone: the command has its own door for them', async () => {
    const before = process.listenerCount('SIGINT');
    const { stream } = terminal();
    const sink = listrSink(stream);
    sink.event(events[0]!);
    expect(process.listenerCount('SIGINT')).to.equal(before);
    await sink.close();
  });
});
