import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readinessText } from '../../src/report/index.js';
import {
  readinessReport,
  type HostReadiness,
  type RoleReadiness,
  type VerdictCounts,
} from '../../src/verify/index.js';
import { expectGolden } from '../helpers/golden.js';
import { hostReport, silentReport, summaryOf, verdict } from './fixtures.js';

const none = { pass: 5, warn: 0, fail: 0, unknown: 0, 'after-deployment': 0 };

function role(
  name: string,
  counts: Partial<VerdictCounts>,
  more: Partial<RoleReadiness> = {},
): RoleReadiness {
  return {
    ...{ role: name, extends: null, state: 'missing', counts: { ...none, ...counts } },
    ...{ missing: [], unknown: [] },
    ...more,
  };
}

function host(roles: RoleReadiness[], more: Partial<HostReadiness> = {}): HostReadiness {
  return { ...summaryOf(hostReport([])), roles, ...more };
}

function text(...hosts: HostReadiness[]): string {
  return readinessText(readinessReport(hosts), { width: 100, verbose: false });
}

describe('readinessText', () => {
  it('lists the roles first, then what each lacks of its own', async () => {
    const lync = {
      missing: [
        verdict('feature/NET-Framework-Core', 'fail', { actual: 'not installed', fix: 'Install it.' }),
      ],
    };
    const front = {
      extends: 'lync-common',
      missing: [verdict('feature/Web-Server', 'fail', { actual: 'not installed', fix: 'Install it.' })],
      unknown: [verdict('hotfix/KB2982006', 'unknown', { cause: 'access denied' })],
    };
    const roles = [
      role('windows-base', {}, { state: 'ready' }),
      role('lync-common', { fail: 1 }, lync),
      role('edge', { fail: 1 }, { extends: 'lync-common' }),
      role('front-end', { fail: 2, unknown: 1 }, front),
      role('web', { unknown: 1 }, { state: 'unknown', unknown: [verdict('key/A', 'unknown')] }),
    ];

    await expectGolden('report/readiness.txt', text(host(roles)));
  });

  it('says where each need comes from when it is asked to', () => {
    const lacking = role(
      'edge',
      { fail: 1 },
      { missing: [verdict('feature/A', 'fail', { actual: 'absent' })] },
    );
    const report = readinessReport([host([lacking])]);

    expect(readinessText(report, { width: 100, verbose: true }))
      .to.contain('expected  installed; found: absent')
      .and.contain('source    ms-prereq, ')
      .and.contain('Documents:');
  });

  it('says of a machine that did not answer why, and lists nothing', () => {
    const silent = summaryOf(silentReport('nobody listens', []));
    const lost = text({ ...silent, roles: [role('edge', { unknown: 5 }, { state: 'unknown' })] });

    expect(lost).to.contain('UNKNOWN  nobody listens').and.not.contain('edge');
  });

  it('says which Windows has no role here', () => {
    const os = { expected: null, judged: null, basis: null, cause: null } as const;
    const found = { version: '10.0.20348', title: 'Windows Server 2022' };

    expect(text(host([], { os: { ...os, found } }))).to.contain(
      'UNKNOWN  no role is known for what the machine runs: Windows Server 2022 (10.0.20348)',
    );
    expect(text(host([], { os: { ...os, expected: '2012r2', found } }))).to.contain(
      'UNKNOWN  the question is about 2012r2, and the machine runs Windows Server 2022 (10.0.20348)',
    );
    expect(text(host([], { os: { ...os, found: null, cause: 'access denied' } }))).to.contain(
      'UNKNOWN  which Windows this is, is not known: access denied',
    );
  });

  it('calls a rehearsal one', () => {
    expect(text(host([role('edge', {}, { state: 'ready' })], { rehearsal: true }))).to.match(/^REHEARSAL: /);
  });
});
