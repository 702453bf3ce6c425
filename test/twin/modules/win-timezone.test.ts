import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('win_timezone', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const name = 'community.windows.win_timezone';
  const timezone = 'W. Europe Standard Time';

  it('sets the zone, once, and shows the difference when asked', async () => {
    const previous = machine.timeZone();

    const { result: first } = await callModule(machine, name, { timezone }, { diff: true });
    const { result: second } = await callModule(machine, name, { timezone: timezone.toLowerCase() });

    expect(first).to.deep.equal({
      changed: true,
      previous_timezone: previous,
      timezone,
      diff: { before: `${previous}\n`, after: `${timezone}\n` },
    });
    expect(second).to.include({ changed: false });
  });

  it('changes nothing in check mode', async () => {
    const before = machine.timeZone();

    expect((await callModule(machine, name, { timezone }, { check: true })).result).to.include({
      changed: true,
    });
    expect(machine.timeZone()).to.equal(before);
  });

  it('fails for an unknown zone, and by name without daylight saving', async () => {
    expect((await callModule(machine, name, { timezone: 'Mars' })).result['msg']).to.equal(
      "The specified timezone: Mars isn't supported on the machine.",
    );
    expect((await callModule(machine, name, { timezone: `${timezone}_dstoff` })).result['msg']).to.equal(
      'the twin does not model a time zone without daylight saving (_dstoff)',
    );
  });
});
