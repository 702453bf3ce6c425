// A report with a verdict of each kind.
import { expect } from 'chai';
import type { JudgedHost } from '../../src/report/index.js';
import {
  verifyReport,
  type HostReport,
  type HostSummary,
  type RoleReport,
  type Verdict,
  type VerdictName,
  type VerifyReport,
} from '../../src/verify/index.js';

const microsoft = {
  id: 'ms-prereq',
  title: 'Install operating systems and prerequisite software',
  publisher: 'Microsoft',
  page: 'https://learn.microsoft.com/lync/prereq',
  date: '2013-02-22',
  confidence: 'microsoft',
} as const;

export function verdict(id: string, name: VerdictName, more: Partial<Verdict> = {}): Verdict {
  return {
    id,
    kind: id.split('/')[0] ?? '',
    title: `The requirement ${id}`,
    role: 'lync-common',
    stage: 'image',
    verdict: name,
    expected: 'installed',
    actual: name === 'pass' ? 'installed' : null,
    cause: null,
    fix: null,
    source: microsoft,
    where: 'catalog/roles/lync-common.yaml:12:5',
    ...more,
  };
}

type About = Partial<HostReport> & Partial<Pick<RoleReport, 'role' | 'stage'>>;

/** A host that was asked about one role. */
export function hostReport(verdicts: Verdict[], more: About = {}): HostReport {
  const { role = 'front-end', stage = 'all', ...about } = more;
  const counts = { pass: 0, warn: 0, fail: 0, unknown: 0, 'after-deployment': 0 };
  for (const { verdict: name } of verdicts) counts[name] += 1;
  return {
    host: 'fe01.lync.example.net:5986',
    answered: true,
    rehearsal: false,
    identity: { vendor: 'Microsoft Corporation', version: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0' },
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
    reports: [{ role, stage, counts, verdicts }],
    ...about,
  };
}

/** Of one host and one role. */
export function report(verdicts: Verdict[], more: About = {}): VerifyReport {
  return verifyReport([hostReport(verdicts, more)]);
}

/** What is told of a host whatever it was asked for. */
export function summaryOf(host: HostReport): HostSummary {
  const { reports, ...summary } = host;
  expect(reports).to.be.an('array');
  return summary;
}

/** As a suite of JUnit. */
export function judged(verdicts: Verdict[], more: Partial<JudgedHost> = {}): JudgedHost {
  return {
    host: 'fe01.lync.example.net:5986',
    role: 'front-end',
    os: '2012r2',
    stage: 'all',
    rehearsal: false,
    startedAt: '2026-11-23T10:00:00.000Z',
    finishedAt: '2026-11-23T10:00:01.204Z',
    verdicts,
    ...more,
  };
}

/** A host that did not answer: everything is unknown for one cause. */
export function silentReport(message: string, verdicts: Verdict[], more: About = {}): HostReport {
  return hostReport(verdicts, {
    host: 'fe02.lync.example.net:5986',
    answered: false,
    identity: null,
    os: { expected: null, found: null, judged: null, basis: null, cause: message },
    authentication: null,
    error: { code: 'E_WSMAN_UNREACHABLE', message },
    ...more,
  });
}

export const oneOfEach = [
  verdict('feature/Web-Server', 'pass', { title: 'Windows feature Web-Server (Web Server (IIS))' }),
  verdict('feature/NET-Framework-Core', 'fail', {
    title: 'Windows feature NET-Framework-Core (.NET Framework 3.5)',
    actual: 'absent (InstallState 2)',
    fix: 'Install it with its source: Install-WindowsFeature NET-Framework-Core -Source E:\\sources\\sxs',
  }),
  verdict('hotfix/KB2982006', 'unknown', {
    title: 'Update KB2982006',
    cause: 'Win32_QuickFixEngineering could not be read: access denied',
    fix: 'Remove the cause and run the same command again: an unanswered question is not an answer.',
  }),
  verdict('setting/power-plan', 'warn', {
    title: 'Power plan High performance',
    expected: 'High performance',
    actual: 'Balanced',
    fix: 'powercfg /setactive SCHEME_MIN',
    source: {
      ...{ title: 'A forum', publisher: 'Somebody', page: 'https://forum.example/1' },
      ...{ date: 'unknown', confidence: 'unverified' },
    },
  }),
  verdict('computer/dns-suffix', 'after-deployment', {
    title: 'Primary DNS suffix lync.example.net',
    stage: 'machine',
    fix: 'Only a deployed machine can have it: run lyncimg verify there.',
  }),
];
