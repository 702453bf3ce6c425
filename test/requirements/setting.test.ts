import { expect } from 'chai';
import { describe, it } from 'mocha';
import { setting } from '../../src/requirements/setting.js';
import { context, factsOf, refusals, requirementOf, specOf } from './kit.js';

const high = 'Microsoft:PowerPlan\\{8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c}';
const balanced = 'Microsoft:PowerPlan\\{381B4222-F694-41F0-9685-FF5BB260DF2E}';
const cbs = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending';
const update =
  'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired';
const zone = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation\\TimeZoneKeyName';

const tasksOf = (...inputs: unknown[]) =>
  setting.tasks(
    inputs.map((input) => requirementOf(setting, specOf(setting, input))),
    context,
  );

describe('a setting', () => {
  it('is exactly one of power plan, time zone, no pending restart', () => {
    expect(refusals(setting, {})).to.match(/exactly one/);
    expect(refusals(setting, { powerPlan: 'balanced', pendingRestart: false })).to.match(/exactly one/);
    expect(setting.schema.safeParse({ pendingRestart: true }).success).to.equal(false);
    expect(setting.schema.safeParse({ powerPlan: 'fast' }).success).to.equal(false);
    expect(refusals(setting, { timeZone: 'UTC_dstoff' })).to.match(/[Dd]aylight/);
    expect(refusals(setting, { timeZone: '"; rm' })).to.match(/tzutil/);
  });

  describe('power plan', () => {
    const spec = specOf(setting, { powerPlan: 'high-performance' });
    const judge = (...plans: [string, boolean | string][]) =>
      setting.judge(
        spec,
        factsOf({
          cim: { Win32_PowerPlan: plans.map(([InstanceID, IsActive]) => ({ InstanceID, IsActive })) },
        }),
      );

    it('is activated by GUID, because Windows translates the names', () => {
      expect(tasksOf({ powerPlan: 'high-performance' })).to.have.nested.property(
        '[0].args.guid',
        '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c',
      );
    });

    it('is judged by the GUID of the active one', () => {
      expect(judge([balanced, false], [high, true]).verdict).to.equal('pass');
      expect(judge([balanced, false], [high, 'TRUE']).verdict).to.equal('pass');
      expect(judge([balanced, true], [high, false])).to.include({ verdict: 'fail', actual: 'Balanced' });
      expect(judge(['Microsoft:PowerPlan\\{own}', true])).to.include({ verdict: 'fail' });
    });

    it('is unknown on a machine that lists none', () => {
      expect(judge()).to.include({ verdict: 'unknown', cause: 'Windows lists no active power plan' });
    });
  });

  describe('time zone', () => {
    const spec = specOf(setting, { timeZone: 'W. Europe Standard Time' });
    const judge = (data: string) =>
      setting.judge(spec, factsOf({ registry: { [zone]: { exists: true, data } } }));

    it('is set by its name', () => {
      expect(tasksOf({ timeZone: 'W. Europe Standard Time' })).to.have.nested.property(
        '[0].args.timezone',
        'W. Europe Standard Time',
      );
    });

    it('is judged by the language-neutral name in the registry, up to its end', () => {
      expect(judge('W. Europe Standard Time').verdict).to.equal('pass');
      expect(judge('W. Europe Standard Time\0rubbish').verdict).to.equal('pass');
      expect(judge('UTC')).to.include({ verdict: 'fail', actual: 'UTC' });
    });

    it('is unknown where the registry does not name it', () => {
      const facts = factsOf({ registry: { [zone]: { exists: false, missing: 'value' } } });
      expect(setting.judge(spec, facts).verdict).to.equal('unknown');
    });
  });

  describe('no pending restart', () => {
    const spec = specOf(setting, { pendingRestart: false });
    const absent = { exists: false, missing: 'key' } as const;

    it('restarts where one is pending, and only there, after every other setting', () => {
      const tasks = tasksOf({ pendingRestart: false }, { powerPlan: 'balanced' }, { timeZone: 'UTC' });
      expect(tasks.map(({ module }) => module)).to.deep.equal([
        'community.windows.win_power_plan',
        'community.windows.win_timezone',
        'ansible.windows.setup',
        'ansible.windows.win_reboot',
      ]);
      expect(tasks[3]?.when).to.equal('lyncimg_platform.ansible_facts.ansible_reboot_pending');
    });

    it('is met where neither servicing nor Windows Update waits', () => {
      const facts = factsOf({ registry: { [cbs]: absent, [update]: absent } });
      expect(setting.judge(spec, facts).verdict).to.equal('pass');
    });

    it('is not met where one of them waits, even if the other was not read', () => {
      expect(
        setting.judge(spec, factsOf({ registry: { [cbs]: { exists: true }, [update]: { exists: true } } })),
      ).to.include({
        verdict: 'fail',
        actual: 'pending: servicing, Windows Update',
      });
      expect(setting.judge(spec, factsOf({ registry: { [update]: { exists: true } } })).verdict).to.equal(
        'fail',
      );
    });

    it('is unknown where one was not read and the other does not wait', () => {
      expect(setting.judge(spec, factsOf({ registry: { [cbs]: absent } })).verdict).to.equal('unknown');
    });
  });
});
