import { expect } from 'chai';
import { describe, it } from 'mocha';
import { pendingReboot } from '../../src/requirements/pending-reboot.js';
import { context, factsOf, requirementOf } from './kit.js';

const cbs = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending';
const update =
  'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired';
const absent = { exists: false, missing: 'key' } as const;
const judge = (registry: Parameters<typeof factsOf>[0]['registry']) =>
  pendingReboot.judge('none', factsOf({ ...(registry && { registry }) }));

describe('no pending reboot', () => {
  it('is all that can be asked for', () => {
    expect(pendingReboot.schema.safeParse('none').success).to.equal(true);
    expect(pendingReboot.schema.safeParse('some').success).to.equal(false);
  });

  it('restarts where one is pending, and only there', () => {
    const tasks = pendingReboot.tasks([requirementOf(pendingReboot, 'none')], context);
    expect(tasks.map(({ module }) => module)).to.deep.equal([
      'ansible.windows.setup',
      'ansible.windows.win_reboot',
    ]);
    expect(tasks[1]?.when).to.equal('lyncimg_platform.ansible_facts.ansible_reboot_pending');
  });

  it('is met where neither servicing nor Windows Update waits', () => {
    expect(judge({ [cbs]: absent, [update]: absent }).verdict).to.equal('pass');
  });

  it('is not met where one of them waits, even if the other was not read', () => {
    expect(judge({ [cbs]: { exists: true }, [update]: { exists: true } })).to.include({
      verdict: 'fail',
      actual: 'pending: servicing, Windows Update',
    });
    expect(judge({ [update]: { exists: true } }).verdict).to.equal('fail');
  });

  it('is unknown where one was not read and the other does not wait', () => {
    expect(judge({ [cbs]: absent }).verdict).to.equal('unknown');
  });

  it('does not ask for renamed files, which are harmless mostly', () => {
    expect(pendingReboot.facts('none')).to.have.length(2);
  });
});
