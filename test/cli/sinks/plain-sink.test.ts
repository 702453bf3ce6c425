import { expect } from 'chai';
import { describe, it } from 'mocha';
import { plainSink } from '../../../src/cli/sinks/plain-sink.js';
import { events } from './events.js';

describe('plain progress', () => {
  it('is one line an event with the time since the start, without a control character', async () => {
    let text = '';
    const sink = plainSink((part) => (text += part));
    for (const event of events) sink.event(event);
    await sink.close();

    const lines = text.trimEnd().split('\n');
    expect(lines).to.include('0:08  lync-common: [3/17] Install features');
    expect(lines).to.include('0:00  windows-base: stored already (aaaaaaaaaaaa)');
    for (const line of lines) expect(line).to.match(/^\d+:\d\d {2}[\x20-\x7e]+$/);
  });
});
