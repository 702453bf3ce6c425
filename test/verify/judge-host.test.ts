import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CimRow } from '../../src/requirements/index.js';
import {
  judgeHost,
  saysItIsATwin,
  verifyReport,
  versionOfIdentify,
  type HostFacts,
  type HostReport,
} from '../../src/verify/index.js';
import {
  assignment,
  cimAnswer,
  document,
  house,
  judging,
  lost,
  oldHouse,
  osAnswer,
  requirement,
  serverRow,
  subject,
} from './fixtures.js';

const lamps = cimAnswer('Test_Lamp', ['Name', 'State'], [{ Name: 'hall', State: 'on' }]);
const oneRole = [subject('house', ['hall'])];
const hidden = { vendor: 'Microsoft', version: 'OS: 0.0.0 SP: 0.0' };

/** One role for two operating systems, with one lamp in common. */
const twoSystems = subject('house', [], {
  questions: [
    { os: oldHouse, requirements: [requirement('lamp', 'cellar'), requirement('lamp', 'hall')] },
    { os: house, requirements: [requirement('lamp', 'hall'), requirement('lamp', 'attic')] },
  ],
});

function idsOf(report: HostReport): string[] {
  return report.reports.flatMap(({ verdicts }) => verdicts.map(({ id, verdict }) => `${id} ${verdict}`));
}
function causesOf(report: HostReport): (string | null)[] {
  return [...new Set(report.reports.flatMap(({ verdicts }) => verdicts.map(({ cause }) => cause)))];
}

describe('judgeHost', () => {
  it('puts verdicts, counts, host, authentication and times together', () => {
    const report = judgeHost(document({ answers: [osAnswer(), lamps] }), assignment(oneRole), judging);

    expect(report).to.deep.include({
      host: 'fe01:5986',
      answered: true,
      rehearsal: false,
      os: {
        expected: null,
        found: { version: '6.3.9600', title: 'Microsoft Windows Server 2012 R2 Standard' },
        judged: '2012r2',
        basis: 'host',
        cause: null,
      },
      authentication: { scheme: 'ntlm', sealed: false },
      error: null,
      startedAt: '2026-11-23T10:00:00.000Z',
      finishedAt: '2026-11-23T10:00:01.204Z',
    });
    expect(report.reports[0]).to.deep.include({
      role: 'house',
      stage: 'all',
      counts: { pass: 1, warn: 0, fail: 0, unknown: 0, 'after-deployment': 0 },
    });
  });

  it('judges the same facts again, by other roles and without the machine', () => {
    const kept = document({ answers: [osAnswer(), lamps] });
    const both = assignment([...oneRole, subject('other', ['cellar'])]);

    expect(judgeHost(kept, both, judging)).to.deep.equal(judgeHost(kept, both, judging));
    expect(idsOf(judgeHost(kept, both, judging))).to.deep.equal(['lamp/hall pass', 'lamp/cellar fail']);
  });

  it('says that it is a rehearsal when a twin answered', () => {
    const identity = { vendor: 'lyncimg twin', version: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0' };
    const facts = document({ identity, answers: [osAnswer()] });

    expect(judgeHost(facts, assignment(oneRole), judging).rehearsal).to.equal(true);
  });

  it('judges by the requirements of the Windows that the host says', () => {
    const old = osAnswer({ ...serverRow, Version: '6.1.7601', Caption: 'Windows Server 2008 R2' });
    const report = judgeHost(document({ answers: [old, lamps] }), assignment([twoSystems]), judging);

    expect(idsOf(report)).to.deep.equal(['lamp/cellar fail', 'lamp/hall pass']);
    expect(report.os.judged).to.equal('2008r2');
  });

  const others: [string, CimRow, string][] = [
    [
      'an older server',
      { ...serverRow, Version: '6.1.7601', Caption: 'Windows Server 2008 R2' },
      'Windows Server 2008 R2 (6.1.7601)',
    ],
    [
      'a workstation of the same version',
      { ...serverRow, ProductType: '1', Caption: 'Windows 8.1 Pro' },
      'Windows 8.1 Pro, a workstation (6.3.9600)',
    ],
  ];
  for (const [what, row, found] of others) {
    it(`gives one failure for ${what} where another Windows is asserted, not a page of them`, () => {
      const facts = document({ answers: [osAnswer(row), lamps] });
      const report = judgeHost(facts, assignment(oneRole, house), judging);
      const [first] = report.reports[0]?.verdicts ?? [];

      expect(idsOf(report)).to.deep.equal(['os/version fail', 'lamp/hall unknown']);
      expect(first).to.include({
        expected: 'Windows Server 2012 R2 (6.3.9600)',
        actual: found,
        where: '--os',
      });
      expect(causesOf(report)[1]).to.match(/^the checks are those for Windows Server 2012 R2 .*machine runs/);
      expect(report.os).to.include({ expected: '2012r2', judged: null });
      expect(verifyReport([report]).exit).to.equal(1);
    });
  }

  it('takes no workstation for a server, whoever asserts nothing', () => {
    const facts = document({ answers: [osAnswer({ ...serverRow, ProductType: '1' })] });

    expect(idsOf(judgeHost(facts, assignment(oneRole), judging))[0]).to.equal('os/version fail');
  });

  it('knows nothing of a Windows that the role has no requirements for', () => {
    const newer = osAnswer({ ...serverRow, Version: '10.0.20348', Caption: 'Windows Server 2022' });
    const report = judgeHost(document({ answers: [newer, lamps] }), assignment([twoSystems]), judging);

    expect(idsOf(report)).to.deep.equal(['lamp/cellar unknown', 'lamp/hall unknown', 'lamp/attic unknown']);
    expect(causesOf(report)).to.deep.equal([
      'house has no requirements for what the machine runs: Windows Server 2022 (10.0.20348)',
    ]);
    expect(verifyReport([report]).exit).to.equal(4);
  });

  it('takes the version from Identify when Win32_OperatingSystem cannot be read', () => {
    const report = judgeHost(document({ answers: [lamps] }), assignment(oneRole, house), judging);

    expect(report.os).to.deep.include({ found: { version: '6.3.9600', title: 'Windows' }, basis: 'host' });
    expect(idsOf(report)).to.deep.equal(['lamp/hall pass']);
  });

  const odd: [string, HostFacts['answers']][] = [
    ['no row', [cimAnswer('Win32_OperatingSystem', ['Caption', 'ProductType', 'Version'], [])]],
    [
      'two rows',
      [cimAnswer('Win32_OperatingSystem', ['Caption', 'ProductType', 'Version'], [serverRow, serverRow])],
    ],
    ['a row without a version', [osAnswer({ Caption: 'Windows', ProductType: '3' })]],
    ['a null for a version', [osAnswer({ ...serverRow, Version: null })]],
    ['words for a version', [osAnswer({ ...serverRow, Version: 'the newest' })]],
    ['a list for a version', [osAnswer({ ...serverRow, Version: ['6.3.9600', '6.3.9600'] })]],
  ];
  for (const [what, answers] of odd) {
    const facts = document({ identity: hidden, answers: [...answers, lamps] });

    it(`knows nothing, and passes nothing, when the operating system is answered with ${what}`, () => {
      const report = judgeHost(facts, assignment(oneRole), judging);

      expect(report.os.found).to.equal(null);
      expect(idsOf(report)).to.deep.equal(['lamp/hall unknown']);
      expect(causesOf(report)[0]).to.match(/^which Windows this is, is not known: /);
    });

    it(`takes the word of who asks when the operating system is answered with ${what}, and says so`, () => {
      const report = judgeHost(facts, assignment(oneRole, house), judging);

      expect(report.os).to.include({ expected: '2012r2', judged: '2012r2', basis: 'asserted', found: null });
      expect(report.os.cause).to.match(/Win32_OperatingSystem/);
      expect(idsOf(report)).to.deep.equal(['lamp/hall pass']);
    });
  }

  it('gives every requirement of a host that did not answer a verdict, with why', () => {
    const facts = lost();
    const report = judgeHost(facts, assignment([twoSystems]), judging);

    expect(idsOf(report)).to.deep.equal(['lamp/cellar unknown', 'lamp/hall unknown', 'lamp/attic unknown']);
    expect(causesOf(report)).to.deep.equal([facts.error?.message]);
    expect(report.os.basis).to.equal(null);
  });

  it('takes nobody’s word for the Windows of a host that did not answer', () => {
    const report = judgeHost(lost(), assignment([subject('house', ['hall'])], house), judging);

    expect(report.os).to.include({ expected: '2012r2', judged: null, basis: null });
    expect(idsOf(report)).to.deep.equal(['lamp/hall unknown']);
  });

  describe('with explanations', () => {
    it('shows which question was asked and the rows that concern the requirement', () => {
      const rows = [
        { Name: 'hall', State: 'on' },
        { Name: 'cellar', State: 'off' },
      ];
      const answers = [osAnswer(), cimAnswer('Test_Lamp', ['Name', 'State', 'Watts'], rows)];
      const report = judgeHost(document({ answers }), assignment(oneRole), { ...judging, explain: true });

      expect(report.reports[0]?.verdicts[0]?.evidence).to.deep.equal([
        {
          query: 'select Name,State,Watts from Test_Lamp (root/cimv2)',
          asked: true,
          rows: 2,
          shown: ['Name = "hall", State = "on"'],
          cause: null,
        },
      ]);
    });

    it('says that a question was not asked, and why', () => {
      const report = judgeHost(lost('nobody listens'), assignment(oneRole), { ...judging, explain: true });

      expect(report.reports[0]?.verdicts[0]?.evidence).to.deep.equal([
        {
          query: 'select Name,State from Test_Lamp (root/cimv2)',
          ...{ asked: false, rows: null, shown: [], cause: 'nobody listens' },
        },
      ]);
    });

    it('shows what came back also where it may not be judged by', () => {
      const facts = document({ identity: hidden, answers: [lamps] });
      const report = judgeHost(facts, assignment(oneRole), { ...judging, explain: true });

      expect(report.reports[0]?.verdicts[0]).to.include({ verdict: 'unknown' });
      expect(report.reports[0]?.verdicts[0]?.evidence?.[0]?.shown).to.have.length(1);
    });

    it('is bounded, whatever a machine answers', () => {
      const rows = Array.from({ length: 50 }, () => ({ Name: 'hall', State: 'x'.repeat(100_000) }));
      const answers = [osAnswer(), cimAnswer('Test_Lamp', ['Name', 'State'], rows)];
      const report = judgeHost(document({ answers }), assignment(oneRole), { ...judging, explain: true });
      const [evidence] = report.reports[0]?.verdicts[0]?.evidence ?? [];

      expect(evidence?.shown).to.have.length(11);
      expect(evidence?.shown.at(-1)).to.equal('and 40 rows more');
      expect(JSON.stringify(evidence).length).to.be.lessThan(5000);
    });

    it('shows registry values', () => {
      const key = requirement('key', 'SOFTWARE\\X');
      const question = subject('house', [], { questions: [{ os: house, requirements: [key] }] });
      const query = { kind: 'registry', hive: 'HKLM', key: 'SOFTWARE\\X' } as const;
      const answer = { known: true, value: { exists: false, missing: 'key' } } as const;
      const facts = document({ answers: [osAnswer(), { at: '', query, answer }] });
      const report = judgeHost(facts, assignment([question]), { ...judging, explain: true });

      expect(report.reports[0]?.verdicts[0]?.evidence?.[0]).to.deep.equal({
        query: 'StdRegProv.EnumKey HKLM\\SOFTWARE\\X',
        ...{ asked: true, rows: null, shown: ['the key does not exist'], cause: null },
      });
    });
  });
});

describe('verifyReport', () => {
  const fine = judgeHost(document({ answers: [osAnswer(), lamps] }), assignment(oneRole), judging);
  const short = judgeHost(
    document({ answers: [osAnswer(), lamps] }),
    assignment([subject('house', ['cellar'])]),
    judging,
  );
  const partly = judgeHost(document({ answers: [osAnswer()] }), assignment(oneRole), judging);
  const silent = judgeHost(lost(), assignment(oneRole), judging);
  const nothingAsked = judgeHost(lost(), assignment([subject('house', [])]), judging);

  const cases: [string, HostReport[], number][] = [
    ['every host has everything', [fine, fine], 0],
    ['one of them falls short', [fine, short, silent, partly], 1],
    ['nothing fails but something is unknown', [fine, partly], 4],
    ['one did not answer', [fine, silent], 4],
    ['one did not answer of which nothing is required', [fine, nothingAsked], 4],
    ['none answered', [silent, silent], 3],
  ];
  for (const [when, hosts, exit] of cases) {
    it(`ends with ${exit} when ${when}`, () => {
      expect(verifyReport(hosts).exit).to.equal(exit);
    });
  }

  it('sums the verdicts of all hosts', () => {
    expect(verifyReport([fine, short, silent]).counts).to.include({ pass: 1, fail: 1, unknown: 1 });
  });
});

describe('versionOfIdentify', () => {
  it('reads the version, and knows when a host hides it', () => {
    expect(versionOfIdentify('OS: 6.3.9600 SP: 0.0 Stack: 3.0')).to.equal('6.3.9600');
    expect(versionOfIdentify('OS: 0.0.0 SP: 0.0 Stack: 3.0')).to.equal(null);
    expect(versionOfIdentify('')).to.equal(null);
    expect(versionOfIdentify('Linux')).to.equal(null);
  });
});

describe('saysItIsATwin', () => {
  it('is true for a guest that says so, and for nothing else', () => {
    expect(saysItIsATwin({ productVendor: 'lyncimg twin', productVersion: 'OS: 6.3.9600' })).to.equal(true);
    expect(
      saysItIsATwin({ productVendor: 'Microsoft Corporation', productVersion: 'OS: 6.3.9600' }),
    ).to.equal(false);
    expect(saysItIsATwin({ productVendor: 'Twin Peaks Inc.', productVersion: '' })).to.equal(false);
  });
});
