// JUnit for CI systems: which verdict becomes which outcome. What a fail, an unknown or a warning is must mean the same
// to GitLab, Jenkins, Azure and the GitHub actions; how it is written stands in junit-xml.ts.
import type { Verdict, VerifyReport } from '../verify/index.js';
import { junitXml, type Case, type Suite } from './junit-xml.js';
import { explanation } from './verdict-wording.js';

/** A host that could not be asked: its requirements are listed, so that the set of tests is the same in each run. */
export interface UnansweredHost {
  host: string;
  role: string;
  os: string;
  error: { code: string; message: string };
  requirements: readonly Pick<Verdict, 'id' | 'role' | 'where'>[];
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
}

/** One suite a host, in the given order. */
export function junit(hosts: readonly (VerifyReport | UnansweredHost)[]): string {
  return junitXml(hosts.map((host) => ('verdicts' in host ? suiteOfReport(host) : suiteOfUnanswered(host))));
}

function suiteOfReport(report: VerifyReport): Suite {
  return {
    host: report.host,
    role: report.role,
    properties: [
      ['os', report.os.expected],
      ['role', report.role],
      ['stage', report.stage],
      ['rehearsal', String(report.rehearsal)],
    ],
    startedAt: report.startedAt,
    seconds: (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000,
    cases: report.verdicts.map(caseOf),
  };
}

function suiteOfUnanswered(host: UnansweredHost): Suite {
  const { code, message } = host.error;
  const notChecked = { tag: 'skipped', message: `not checked: ${code}`, text: '' } as const;
  return {
    host: host.host,
    role: host.role,
    properties: [
      ['os', host.os],
      ['role', host.role],
    ],
    startedAt: host.startedAt,
    seconds: (Date.parse(host.finishedAt) - Date.parse(host.startedAt)) / 1000,
    cases: [
      {
        name: 'connection',
        where: null,
        outcome: { tag: 'error', type: code, message, text: message },
        systemOut: null,
      },
      ...host.requirements.map(({ id, where }) => ({
        name: id,
        where,
        outcome: notChecked,
        systemOut: null,
      })),
    ],
  };
}

function caseOf(verdict: Verdict): Case {
  const { id, kind, where, title, actual, cause } = verdict;
  const text = explanation(verdict)
    .map(([label, value]) => `${label} ${value}`)
    .join('\n')
    // Azure and GitLab upload the file that such a mark names; what a machine answers must not choose one.
    .replaceAll('[[ATTACHMENT|', '[[ATTACHMENT |');
  const base = { name: id, where, outcome: null, systemOut: null };
  switch (verdict.verdict) {
    case 'pass':
      return base;
    case 'warn':
      // Passes, because the need is unconfirmed; readers show the text beside it.
      return { ...base, systemOut: `warning: ${title} is not met\n${text}` };
    case 'fail':
      return { ...base, outcome: { tag: 'failure', type: kind, message: `${title}: ${actual ?? ''}`, text } };
    case 'unknown':
      return {
        ...base,
        outcome: { tag: 'error', type: 'unknown', message: `unknown: ${cause ?? ''}`, text },
      };
    case 'after-deployment':
      return { ...base, outcome: { tag: 'skipped', message: `after deployment: ${title}`, text: '' } };
  }
}
