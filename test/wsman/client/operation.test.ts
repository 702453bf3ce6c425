import { expect } from 'chai';
import { describe, it } from 'mocha';
import { cleanup, systemClock } from '../../../src/wsman/client/operation.js';
import { rejection } from '../rig.js';

describe('wsman/client/operation', () => {
  it('pauses, with or without a signal', async () => {
    await systemClock.pause(0, undefined);
    await systemClock.pause(1, new AbortController().signal);
  });

  it('ends a pause with the reason of the abort, before and while it lasts', async () => {
    const abort = new AbortController();
    const pausing = systemClock.pause(3_600_000, abort.signal);
    abort.abort(new Error('enough'));
    expect(await rejection(pausing)).to.have.property('message', 'enough');
    expect(await rejection(systemClock.pause(3_600_000, abort.signal))).to.have.property('message', 'enough');
  });

  it('gives cleaning up a little time of its own, and nobody’s signal', () => {
    const clock = { ...systemClock, now: () => 1000 };
    const signal = AbortSignal.abort();
    expect(cleanup({ deadline: 0, signal, clock }, 5)).to.deep.equal({ deadline: 1005, clock });
  });
});
