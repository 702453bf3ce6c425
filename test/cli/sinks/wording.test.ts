import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { BuildEvent } from '../../../src/build/index.js';
import { describeCounts, describeEvent, elapsed, rehearsalNotice } from '../../../src/cli/sinks/wording.js';
import { events } from './events.js';

type ContactEvent = Extract<BuildEvent, { type: 'guest-contact' }>;

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

describe('the wait for WinRM in words', () => {
  const contact = (state: ContactEvent['state'], more: Partial<ContactEvent>): string[] =>
    describeEvent({
      ...{ at: '2026-11-23T12:00:00.000Z', type: 'guest-contact', layer: 'lync-web' },
      ...{ state, sinceMs: 0, durations: {}, reason: null },
      ...more,
    });

  it('is the state and how long it has been so', () => {
    expect(contact('never-answered', { durations: { 'never-answered': 180_000 } })).to.deep.equal([
      'lync-web: waiting for WinRM: never answered (3 min)',
    ]);
  });

  it('has the states before it on its left and what was said last on its right', () => {
    const durations = { 'never-answered': 180_000, 'other-certificate': 20 };
    const reason = 'The certificate of 10.0.0.5:5986 is refused.';
    expect(contact('other-certificate', { durations, reason })).to.deep.equal([
      "lync-web: waiting for WinRM: never answered (3 min) -> answers without this build's certificate (under 1 s). " +
        'The certificate of 10.0.0.5:5986 is refused.',
    ]);
  });

  it('ends with an answer, after what there was before', () => {
    expect(contact('reached', { durations: { reached: 90 } })).to.deep.equal(['lync-web: WinRM answers']);
    const durations = { 'never-answered': 180_000, 'went-away': 40_000, reached: 90 };
    expect(contact('reached', { durations })).to.deep.equal([
      'lync-web: WinRM answers, after: never answered (3 min) -> answered and went away (40 s)',
    ]);
  });

  it('is one line of plain text in every state', () => {
    for (const state of ['never-answered', 'other-certificate', 'not-ready', 'went-away'] as const)
      expect(contact(state, {}).join()).to.match(/^lync-web: waiting for WinRM: [\x20-\x7e]+ \(under 1 s\)$/);
    expect(contact('password-refused', {}).join()).to.include("refuses this build's password");
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
