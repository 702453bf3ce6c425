// The states of a guest that is waited for, with a clock that is moved by hand.
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  afterLook,
  beginContact,
  contactState,
  timesInWords,
  upTo,
  type ContactLog,
  type Outcome,
} from '../../src/build/guest-contact.js';

const minute = 60_000;

interface Step {
  /** Before the look. */
  pauseMs: number;
  lookMs: number;
  outcome: Outcome;
}

/** Every log from the beginning on; the clock begins at 1000. */
function logsOf(steps: readonly Step[]): ContactLog[] {
  let now = 1000;
  const logs = [beginContact(now)];
  for (const { pauseMs, lookMs, outcome } of steps) {
    const startedAt = (now += pauseMs);
    now += lookMs;
    logs.push(afterLook(logs.at(-1)!, { outcome, reason: outcome, startedAt, endedAt: now }));
  }
  return logs;
}

function stateAfter(...outcomes: Outcome[]): string {
  return logsOf(outcomes.map((outcome) => ({ pauseMs: 0, lookMs: 1, outcome }))).at(-1)!.state;
}

function sum({ durations }: ContactLog): number {
  return Object.values(durations).reduce((total, ms) => total + ms, 0);
}

describe('the contact with a guest', () => {
  it('is never-answered as long as there is silence alone', () => {
    expect(stateAfter('silence')).to.equal('never-answered');
    expect(stateAfter('silence', 'silence')).to.equal('never-answered');
  });

  it('went away when there is silence after any answer', () => {
    expect(stateAfter('stranger', 'silence')).to.equal('went-away');
    expect(stateAfter('not-ready', 'silence')).to.equal('went-away');
    expect(stateAfter('broken-off')).to.equal('went-away');
    expect(stateAfter('broken-off', 'silence')).to.equal('went-away');
  });

  it('is what the last look found in every other case', () => {
    expect(stateAfter('not-ready', 'stranger')).to.equal('other-certificate');
    expect(stateAfter('stranger', 'silence', 'not-ready')).to.equal('not-ready');
    expect(stateAfter('silence', 'reached')).to.equal('reached');
    expect(stateAfter('password-refused')).to.equal('password-refused');
  });

  it('gives the time of a look to what it found, and a pause to what was known in it', () => {
    const log = logsOf([
      { pauseMs: 0, lookMs: 10, outcome: 'silence' },
      { pauseMs: 5, lookMs: 10, outcome: 'silence' },
      { pauseMs: 5, lookMs: 3, outcome: 'stranger' },
      { pauseMs: 5, lookMs: 2, outcome: 'reached' },
    ]).at(-1)!;

    expect(contactState(log)).to.deep.equal({
      ...{ state: 'reached', sinceMs: 38, reason: 'reached' },
      durations: { 'never-answered': 30, 'other-certificate': 8, reached: 2 },
    });
    expect(log.looks).to.equal(4);
  });

  it('goes on from where it was when a state comes back', () => {
    const steps = (['stranger', 'silence', 'stranger'] as const).map((outcome) => ({
      ...{ pauseMs: 0, lookMs: 10, outcome },
    }));
    expect(contactState(logsOf(steps).at(-1)!)).to.deep.include({
      ...{ state: 'other-certificate', sinceMs: 20 },
      durations: { 'other-certificate': 20, 'went-away': 10 },
    });
  });

  it('gives the rest of the wait to what is known, which before the first look is nothing', () => {
    expect(upTo(beginContact(1000), 1040)).to.deep.include({
      ...{ state: 'never-answered', durations: { 'never-answered': 40 } },
    });
    const log = logsOf([{ pauseMs: 0, lookMs: 10, outcome: 'not-ready' }]).at(-1)!;
    expect(upTo(log, log.until + 7).durations).to.deep.equal({ 'not-ready': 17 });
  });
});

describe('the times of a wait', () => {
  const outcomes = ['silence', 'stranger', 'not-ready', 'broken-off', 'password-refused', 'reached'] as const;
  const step = fc.record({
    pauseMs: fc.integer({ min: 0, max: minute }),
    lookMs: fc.integer({ min: 0, max: minute }),
    outcome: fc.constantFrom<Outcome>(...outcomes),
  });

  it('sum up to the time waited, after each look and at the end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(), (steps, rest) => {
        let waited = 0;
        for (const [index, log] of logsOf(steps).entries()) {
          const { pauseMs = 0, lookMs = 0 } = steps[index - 1] ?? {};
          waited += pauseMs + lookMs;
          expect(sum(log)).to.equal(waited);
          expect(log.until - log.beganAt).to.equal(waited);
          expect(sum(upTo(log, log.until + rest))).to.equal(waited + rest);
        }
      }),
    );
  });

  it('are never less than before, and no state begins before the one before it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const logs = logsOf(steps);
        for (const [index, log] of logs.slice(1).entries()) {
          const before = logs[index]!;
          for (const [state, ms] of Object.entries(before.durations))
            expect(log.durations[state as ContactLog['state']]).to.be.at.least(ms);
          expect(log.sinceMs).to.be.at.least(before.sinceMs);
          expect(log.sinceMs).to.be.at.most(log.until - log.beganAt);
        }
      }),
    );
  });

  it('know no never-answered once somebody has answered', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        for (const [index, log] of logsOf(steps).entries()) {
          const hasAnswered = steps.slice(0, index).some(({ outcome }) => outcome !== 'silence');
          expect(log.state === 'never-answered').to.equal(!hasAnswered);
        }
      }),
    );
  });

  it('stand still while a clock goes backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 20 }), (times) => {
        let log = beginContact(500);
        for (const [startedAt, endedAt] of times)
          log = afterLook(log, { outcome: 'silence', reason: null, startedAt, endedAt });
        expect(sum(log)).to.equal(Math.max(500, ...times.flat()) - 500);
      }),
    );
  });

  it('are said in the order of the states, without that which ended the wait', () => {
    expect(
      timesInWords({
        ...{ 'never-answered': 28 * minute, 'other-certificate': 2 * minute },
        ...{ 'went-away': 7000, 'not-ready': 10, reached: 50 },
      }),
    ).to.deep.equal([
      'never answered for 28 min',
      "answered without this build's certificate for 2 min",
      'was gone after it had answered for 7 s',
      "answered with this build's certificate but was not ready for under 1 s",
    ]);
  });
});
