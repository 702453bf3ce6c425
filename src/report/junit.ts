// JUnit for CI systems: which verdict becomes which outcome. What a fail, an unknown or a warning is must mean the same
// to GitLab, Jenkins, Azure and the GitHub actions; how it is written stands in junit-xml.ts.
import type { RoleReport, Verdict, VerifyReport } from '../verify/index.js';
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

/** One role of one host. */
export interface JudgedHost {
  host: string;
  role: string;
  os: string;
  stage: RoleReport['stage'];
  rehearsal: boolean;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
  verdicts: readonly Verdict[];
}

/** One suite each, in the given order. */
export function junit(hosts: readonly (JudgedHost | UnansweredHost)[]): string {
  return junitXml(hosts.map((host) => ('verdicts' in host ? suiteOfJudged(host) : suiteOfUnanswered(host))));
}

/** What JUnit shows of a report: a suite for each role of each host. */
export function suitesOf({ hosts }: VerifyReport): (JudgedHost | UnansweredHost)[] {
  return hosts.flatMap(({ host, os, rehearsal, answered, error, startedAt, finishedAt, reports }) =>
    reports.map(({ role, stage, verdicts }) => {
      const about = { host, role, os: os.judged ?? os.expected ?? 'unknown', startedAt, finishedAt };
      return answered || error === null
        ? { ...about, stage, rehearsal, verdicts }
        : { ...about, error, requirements: verdicts };
    }),
  );
}

function suiteOfJudged(judged: JudgedHost): Suite {
  return {
    host: judged.host,
    role: judged.role,
    properties: [
      ['os', judged.os],
      ['role', judged.role],
      ['stage', judged.stage],
      ['rehearsal', String(judged.rehearsal)],
    ],
    startedAt: judged.startedAt,
    seconds: (Date.parse(judged.finishedAt) - Date.parse(judged.startedAt)) / 1000,
    cases: judged.verdicts.map(caseOf),
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
