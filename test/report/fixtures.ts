// A report with a verdict of each kind.
import type { Verdict, VerdictName, VerifyReport } from '../../src/verify/index.js';

const microsoft = {
  id: 'ms-prereq',
  title: 'Install operating systems and prerequisite software',
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

export function report(verdicts: Verdict[], more: Partial<VerifyReport> = {}): VerifyReport {
  const counts = { pass: 0, warn: 0, fail: 0, unknown: 0, 'after-deployment': 0 };
  for (const { verdict: name } of verdicts) counts[name] += 1;
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'VerifyReport',
    host: 'fe01.lync.example.net:5986',
    role: 'front-end',
    os: { expected: '2012r2', found: '6.3.9600' },
    stage: 'all',
    rehearsal: false,
    startedAt: '2026-11-23T10:00:00.000Z',
    finishedAt: '2026-11-23T10:00:01.204Z',
    counts,
    verdicts,
    ...more,
  };
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
    source: { title: 'A forum', page: 'https://forum.example/1', date: 'unknown', confidence: 'unverified' },
  }),
  verdict('computer/dns-suffix', 'after-deployment', {
    title: 'Primary DNS suffix lync.example.net',
    stage: 'machine',
    fix: 'Only a deployed machine can have it: run lyncimg verify there.',
  }),
];
