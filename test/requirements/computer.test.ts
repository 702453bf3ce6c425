import { expect } from 'chai';
import { describe, it } from 'mocha';
import { computer } from '../../src/requirements/computer.js';
import type { CimRow } from '../../src/requirements/index.js';
import { context, factsOf, refusals, requirementOf, specOf } from './kit.js';

const suffixKey = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\NV Domain';
const member = (input: unknown, row: CimRow) =>
  computer.judge(specOf(computer, input), factsOf({ cim: { Win32_ComputerSystem: [row] } }));
const suffix = (input: unknown, data: string | null) =>
  computer.judge(
    specOf(computer, input),
    factsOf({
      registry: { [suffixKey]: data === null ? { exists: false, missing: 'value' } : { exists: true, data } },
    }),
  );

describe('a computer', () => {
  it('is a thing of deployed machines', () => {
    expect(computer.stage).to.equal('machine');
  });

  it('is either a membership, a DNS suffix or the rule of names', () => {
    expect(refusals(computer, {})).to.match(/either membership, dnsSuffix or nameRule/);
    expect(refusals(computer, { nameRule: 'valid', dnsSuffix: 'present' })).to.match(/either/);
    expect(computer.schema.safeParse({ nameRule: 'pretty' }).success).to.equal(false);
    expect(refusals(computer, { membership: 'domain', dnsSuffix: 'present' })).to.match(/either/);
    expect(refusals(computer, { dnsSuffix: 'contoso.com', name: 'x' })).to.match(
      /name belongs to membership/,
    );
    expect(refusals(computer, { dnsSuffix: 'no suffix' })).to.match(/DNS suffix/);
  });

  it('has an id for each of them', () => {
    expect(computer.id(specOf(computer, { nameRule: 'valid' }))).to.equal('computer/name');
    expect(computer.id(specOf(computer, { membership: 'domain' }))).to.equal('computer/membership');
    expect(computer.id(specOf(computer, { dnsSuffix: 'present' }))).to.equal('computer/dns-suffix');
  });

  it('is in a workgroup, in any or in one', () => {
    const row = { PartOfDomain: false, Domain: 'WORKGROUP', Workgroup: null };
    expect(member({ membership: 'workgroup' }, row)).to.include({
      verdict: 'pass',
      actual: 'workgroup WORKGROUP',
    });
    expect(member({ membership: 'workgroup', name: 'workgroup' }, row).verdict).to.equal('pass');
    expect(member({ membership: 'workgroup', name: 'PERIMETER' }, row).verdict).to.equal('fail');
    expect(member({ membership: 'domain' }, row)).to.include({
      verdict: 'fail',
      fix: 'Join the machine to the domain and restart it.',
    });
  });

  it('is unknown where PartOfDomain is no boolean: silence is not a workgroup', () => {
    for (const value of [null, '', 'perhaps']) {
      const row = { PartOfDomain: value, Domain: 'WORKGROUP', Workgroup: null };
      expect(member({ membership: 'workgroup' }, row).verdict).to.equal('unknown');
    }
  });

  it('is in a domain, in any or in one', () => {
    const row = { PartOfDomain: 'TRUE', Domain: 'contoso.com', Workgroup: null };
    expect(member({ membership: 'domain', name: 'CONTOSO.COM' }, row).verdict).to.equal('pass');
    expect(member({ membership: 'domain', name: 'fabrikam.com' }, row)).to.include({
      verdict: 'fail',
      actual: 'domain contoso.com',
    });
    expect(member({ membership: 'workgroup' }, row).verdict).to.equal('fail');
  });

  it('is unknown where Windows gave no row', () => {
    const facts = factsOf({ cim: { Win32_ComputerSystem: [] } });
    expect(computer.judge(specOf(computer, { membership: 'domain' }), facts).verdict).to.equal('unknown');
  });

  it('has a DNS suffix: any where present is asked for, else this one', () => {
    expect(suffix({ dnsSuffix: 'present' }, 'contoso.com').verdict).to.equal('pass');
    expect(suffix({ dnsSuffix: 'Contoso.com' }, 'contoso.COM').verdict).to.equal('pass');
    expect(suffix({ dnsSuffix: 'contoso.com' }, 'fabrikam.com')).to.include({
      verdict: 'fail',
      actual: 'primary DNS suffix fabrikam.com',
    });
    for (const none of ['', null])
      expect(suffix({ dnsSuffix: 'present' }, none)).to.include({
        verdict: 'fail',
        actual: 'no primary DNS suffix',
      });
  });

  describe('with a valid name', () => {
    const name = (Name: CimRow[string], DNSHostName = Name) =>
      member({ nameRule: 'valid' }, { Name, DNSHostName });

    it('has up to 15 letters, digits and hyphens', () => {
      for (const good of ['FE01', 'lync-fe-01', 'A', '1a', 'FIFTEEN-LETTERS'])
        expect(name(good).verdict, good).to.equal('pass');
      expect(name('FE01', 'fe01')).to.include({ verdict: 'pass', actual: 'fe01' });
    });

    it('has no underscore, dot or blank, is no number, and does not begin or end with a hyphen', () => {
      for (const bad of ['FE_01', 'FE.01', 'FE 01', '2013', '-FE', 'FE-', 'FÄ', 'FE\n'])
        expect(name(bad), bad).to.include({ verdict: 'fail', actual: bad });
    });

    it('has no longer host name, which NetBIOS cuts off', () => {
      expect(name('SIXTEEN-LETTERS', 'sixteen-letters1')).to.include({
        verdict: 'fail',
        actual: 'sixteen-letters1',
      });
      expect(name('FE01', 'fe02')).to.include({
        verdict: 'fail',
        actual: 'host name fe02, but NetBIOS name FE01',
      });
    });

    it('is unknown where Windows does not say both', () => {
      for (const value of [null, '']) expect(name('FE01', value).verdict).to.equal('unknown');
      const none = factsOf({ cim: { Win32_ComputerSystem: [] } });
      expect(computer.judge(specOf(computer, { nameRule: 'valid' }), none).verdict).to.equal('unknown');
    });
  });

  const appliedTasks = (input: unknown) =>
    computer.applyTasks?.([requirementOf(computer, specOf(computer, input), 'machine')], context) ?? [];

  it('that runs already is given a suffix, which counts after a restart', () => {
    const tasks = appliedTasks({ dnsSuffix: 'Contoso.com' });
    expect(tasks.map(({ module }) => module)).to.deep.equal([
      'ansible.windows.setup',
      'ansible.windows.win_regedit',
      'ansible.windows.win_reg_stat',
      'ansible.windows.win_reboot',
    ]);
    expect(tasks[1]?.args).to.deep.equal({
      path: 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters',
      ...{ name: 'NV Domain', type: 'string', data: 'Contoso.com', state: 'present' },
    });
    expect(tasks[0]?.comments.join()).to.contain('Source: ');
    expect(tasks[3]?.when).to.contain("lower != 'contoso.com'");
  });

  it('that is a member of a domain keeps the suffix that its domain allows', () => {
    const tasks = appliedTasks({ dnsSuffix: 'contoso.com' });
    for (const index of [1, 3])
      expect(tasks[index]?.when).to.match(
        /^not lyncimg_membership\.ansible_facts\.ansible_windows_domain_member/,
      );
  });

  it('is never joined, renamed, or given a suffix that nobody named', () => {
    for (const input of [
      { membership: 'domain', name: 'contoso.com' },
      { membership: 'workgroup' },
      { nameRule: 'valid' },
      { dnsSuffix: 'present' },
    ])
      expect(appliedTasks(input)).to.deep.equal([]);
  });
});
