import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { timeZones } from '../../src/twin/time-zones.js';
import { makeRig, type Rig } from './rig.js';

describe('settings of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  it('has one active power plan, Balanced at first', () => {
    const active = (): string[] =>
      rig.machine
        .powerPlans()
        .filter((plan) => plan.active)
        .map(({ name }) => name);

    expect(active()).to.deep.equal(['Balanced']);
    expect(rig.machine.setPowerPlan('high PERFORMANCE')).to.equal(true);
    expect(active()).to.deep.equal(['High performance']);
    expect(rig.machine.setPowerPlan('{a1841308-3541-4fab-bc81-f71556f20b4a}')).to.equal(true);
    expect(active()).to.deep.equal(['Power saver']);
    expect(rig.machine.setPowerPlan('Ultimate')).to.equal(false);
    expect(active()).to.deep.equal(['Power saver']);
  });

  it('knows the time zones of Windows by id', () => {
    expect(rig.machine.setTimeZone('w. europe standard time')).to.equal(true);
    expect(rig.machine.timeZone()).to.equal('W. Europe Standard Time');
    expect(rig.machine.setTimeZone('Europe/Berlin')).to.equal(false);
    expect(rig.machine.setTimeZone('UTC_dstoff')).to.equal(true);
    expect(rig.machine.timeZone()).to.equal('UTC_dstoff');
    expect(timeZones.length).to.be.greaterThan(95);
    expect(new Set(timeZones.map(({ id }) => id)).size).to.equal(timeZones.length);
  });
});
