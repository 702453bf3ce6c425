import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { RegistryAnswer } from '../../src/requirements/index.js';
import { service } from '../../src/requirements/service.js';
import { context, factsOf, refusals, requirementOf, specOf } from './kit.js';

const delayed = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\MpsSvc\\DelayedAutostart';
const firewall = { name: 'MpsSvc', startMode: 'auto', state: 'running' };

const judge = (
  input: unknown,
  row: { StartMode: string; State: string } | null,
  delay: RegistryAnswer = { exists: false, missing: 'value' },
) =>
  service.judge(
    specOf(service, input),
    factsOf({
      cim: {
        Win32_Service: [
          { Name: 'Spooler', StartMode: 'Auto', State: 'Running' },
          ...(row === null ? [] : [{ Name: 'mpssvc', ...row }]),
        ],
      },
      registry: { [delayed]: delay },
    }),
  );

describe('a service', () => {
  it('says how it starts, whether it runs, or both, without contradiction', () => {
    expect(refusals(service, { name: 'MpsSvc' })).to.match(/startMode, state or both/);
    expect(refusals(service, { name: 'MpsSvc', startMode: 'disabled', state: 'running' })).to.match(
      /disabled/,
    );
    expect(refusals(service, { ...firewall, name: 'a\\b' })).to.match(/short name/);
    expect(service.schema.safeParse({ ...firewall, startMode: 'boot' }).success).to.equal(false);
  });

  it('is configured by win_service in its words, with nothing that was not asked for', () => {
    const argsOf = (input: unknown) =>
      service.tasks([requirementOf(service, specOf(service, input))], context)[0]?.args;
    expect(argsOf(firewall)).to.deep.equal({ name: 'MpsSvc', start_mode: 'auto', state: 'started' });
    expect(argsOf({ name: 'X', state: 'stopped' })).to.deep.equal({ name: 'X', state: 'stopped' });
    expect(argsOf({ name: 'X', startMode: 'delayed' })).to.deep.equal({ name: 'X', start_mode: 'delayed' });
  });

  it('is met in any spelling of Windows', () => {
    expect(judge(firewall, { StartMode: 'Auto', State: 'Running' })).to.include({
      verdict: 'pass',
      actual: 'auto, running',
    });
    expect(
      judge({ name: 'MpsSvc', startMode: 'manual' }, { StartMode: 'Manual', State: 'Stopped' }),
    ).to.include({
      verdict: 'pass',
      actual: 'manual',
    });
  });

  it('is not met by another mode or state; the fix names the commands', () => {
    expect(judge(firewall, { StartMode: 'Disabled', State: 'Stopped' })).to.include({
      verdict: 'fail',
      expected: 'auto, running',
      actual: 'disabled, stopped',
      fix: 'sc.exe config MpsSvc start= auto; sc.exe start MpsSvc',
    });
  });

  it('that does not exist is not met', () => {
    expect(judge(firewall, null)).to.include({ verdict: 'fail', actual: 'the service does not exist' });
  });

  it('is unknown where no service is listed: a user without rights gets an empty list, and no error', () => {
    const nothing = factsOf({ cim: { Win32_Service: [] } });

    expect(service.judge(specOf(service, firewall), nothing).verdict).to.equal('unknown');
  });

  it('is told apart from a delayed start by the registry, which is asked only then', () => {
    const yes = { exists: true, data: '1' } as const;
    const later = { name: 'MpsSvc', startMode: 'delayed' };
    expect(judge(later, { StartMode: 'Auto', State: 'Running' }, yes).verdict).to.equal('pass');
    expect(judge(later, { StartMode: 'Auto', State: 'Running' })).to.include({
      verdict: 'fail',
      actual: 'auto',
    });
    expect(judge(firewall, { StartMode: 'Auto', State: 'Running' }, yes)).to.include({
      actual: 'delayed, running',
      verdict: 'fail',
    });
    expect(service.facts(specOf(service, { name: 'X', state: 'running' }))).to.have.length(1);
    expect(service.facts(specOf(service, later))).to.have.length(2);
  });

  it('is unknown where the delay could not be read', () => {
    const facts = factsOf({
      cim: { Win32_Service: [{ Name: 'MpsSvc', StartMode: 'Auto', State: 'Running' }] },
    });
    expect(service.judge(specOf(service, firewall), facts).verdict).to.equal('unknown');
  });
});
