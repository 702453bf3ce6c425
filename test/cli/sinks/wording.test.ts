import { expect } from 'chai';
import { describe, it } from 'mocha';
import { describeCounts, describeEvent, elapsed, rehearsalNotice } from '../../../src/cli/sinks/wording.js';
import { events } from './events.js';

describe('events in words', () => {
  it('say REHEARSAL plainly at the start and at the end, and only of rehearsals', () => {
    const notices = (list: typeof events): number =>
      list.flatMap(describeEvent).filter((line) => line === rehearsalNotice).length;

    expect(notices(events)).to.equal(2);
    const real = events.map((event) => ('rehearsal' in event ? { ...event, rehearsal: false } : event));
    expect(notices(real)).to.equal(0);
  });

  it('show a failing task with its message', () => {
    const lines = describeEvent({
      at: '2026-11-23T12:00:00.000Z',
      type: 'task-finished',
      layer: 'lync-web',
      task: 'Install features',
      status: 'failed',
      message: 'no source',
    });
    expect(lines).to.deep.equal(['lync-web: failed: Install features: no source']);
  });

  it('are silent about tasks that went well: their start was said', () => {
    const done = events.filter((event) => event.type === 'task-finished' && event.status === 'changed');
    expect(done).to.have.length(1);
    expect(done.flatMap(describeEvent)).to.deep.equal([]);
  });
});

describe('elapsed time', () => {
  for (const [ms, text] of [
    [0, '0:00'],
    [7_900, '0:07'],
    [754_000, '12:34'],
    [3_723_000, '1:02:03'],
  ] as const) {
    it(`of ${ms} ms is ${text}`, () => {
      expect(elapsed(ms)).to.equal(text);
    });
  }
});

describe('counts', () => {
  it('leave out what did not occur', () => {
    expect(describeCounts({ pass: 12, fail: 0, warn: 1 })).to.equal('12 pass, 1 warn');
    expect(describeCounts({ pass: 0 })).to.equal('nothing to judge');
  });
});
