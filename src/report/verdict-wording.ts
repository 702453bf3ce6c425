// How verdicts are said: the same words and the same order in every report.
import type { RoleReport, Verdict, VerdictName } from '../verify/index.js';

/** What needs a person first. */
export const verdictOrder: readonly VerdictName[] = ['fail', 'unknown', 'warn', 'after-deployment', 'pass'];

/** The lines that explain a verdict, label and text; in this order. */
export function explanation({ expected, actual, cause, source, fix }: Verdict): [string, string][] {
  const lines: [string, string][] = [['expected', expected]];
  if (actual !== null) lines.push(['actual', actual]);
  if (cause !== null) lines.push(['cause', cause]);
  if (source !== null) lines.push(['source', sourceLine(source)]);
  if (fix !== null) lines.push(['fix', fix]);
  return lines;
}

/** Title, publisher, page, date, and a word where nobody has confirmed it. */
export function sourceLine(source: NonNullable<Verdict['source']>): string {
  const { title, publisher, page, date } = source;
  const doubt = doubtOf(source);
  return `${title}, ${publisher}, ${page} (${date})${doubt === null ? '' : ` [${doubt}]`}`;
}

/** The word for a need that nobody has confirmed; null for Microsoft's and for the workspace's own. */
export function doubtOf({ confidence }: NonNullable<Verdict['source']>): 'community' | 'unverified' | null {
  return confidence === 'microsoft' || confidence === 'own' ? null : confidence;
}

/** `1 fail, 0 unknown, 2 warn, 40 pass, 3 after deployment; 46 requirements` */
export function countsLine({ counts, verdicts }: RoleReport): string {
  const parts = [
    `${counts.fail} fail`,
    `${counts.unknown} unknown`,
    `${counts.warn} warn`,
    `${counts.pass} pass`,
  ];
  if (counts['after-deployment'] > 0) parts.push(`${counts['after-deployment']} after deployment`);
  return `${parts.join(', ')}; ${verdicts.length} ${verdicts.length === 1 ? 'requirement' : 'requirements'}`;
}

/** The host without its port: a rehearsal's port changes with every run, and identities must not. */
export function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}
