// The report on a terminal: what needs a person comes first and says everything, what passed is a number. A document
// that forty needs come from is written out once, at the end.
import { unreachable } from '../util/index.js';
import type { HostReport, RoleReport, Verdict, VerdictName, VerifyReport } from '../verify/index.js';
import { fleetSummary } from './fleet-text.js';
import { plainLine } from './plain-characters.js';
import { circumstances, osWords, rehearsalLine } from './report-words.js';
import {
  documentLines,
  evidenceLines,
  firstColumn,
  verdictDetails,
  verdictRow,
  verdictWords,
  type Around,
} from './verdict-details.js';
import { countsLine, verdictOrder } from './verdict-wording.js';
import { hanging } from './wrapped.js';

export interface TableOptions {
  /** Columns of the terminal. */
  width: number;
  /** List what passed, too. */
  verbose: boolean;
}

/** Plain text, ending in a newline. Lines break at `width`; the verdict is a word, so nothing hangs on colour. */
export function verdictTable(report: VerifyReport, options: TableOptions): string {
  const width = Math.max(40, options.width);
  const tables = report.hosts.flatMap((host) =>
    host.reports.map((one) => roleTable(host, one, { ...options, width })),
  );
  if (report.hosts.length > 1) tables.push(`${fleetSummary(report.hosts)}\n`);
  return tables.join('\n');
}

function roleTable(host: HostReport, report: RoleReport, options: TableOptions): string {
  const around = { ...options, documents: new Map<string, string>() };
  const lines = [...head(host, report), ''];
  // A host that said nothing leaves nothing to read one by one.
  if (!host.answered && host.error !== null) lines.push(...silent(host.error.message, report, around));
  else
    for (const name of verdictOrder) {
      const group = report.verdicts.filter(({ verdict }) => verdict === name);
      if (group.length > 0) lines.push(...groupLines(name, group, around));
    }
  const { documents, width } = around;
  if (documents.size > 0) lines.push('', 'Documents:', ...documentLines(documents, width));
  const rehearsal = host.rehearsal ? 'REHEARSAL: ' : '';
  lines.push('', `${rehearsal}${outcome(report)}: ${countsLine(report)}`, '');
  return lines.join('\n');
}

function head(host: HostReport, { role, stage }: RoleReport): string[] {
  return [
    ...(host.rehearsal ? [rehearsalLine] : []),
    `${plainLine(host.host)}  ${role}  ${osWords(host)}  stage ${stage}`,
    ...circumstances(host),
  ];
}

function silent(message: string, { verdicts }: RoleReport, { width }: Around): string[] {
  const noun = verdicts.length === 1 ? 'requirement' : 'requirements';
  const text = plainLine(`${verdicts.length} ${noun}: ${message}`);
  return hanging(verdictWords.unknown, text, { indent: 0, column: firstColumn, width });
}

function groupLines(
  name: VerdictName,
  group: readonly Verdict[],
  around: Around & { verbose: boolean },
): string[] {
  const shown = (verdict: Verdict, details: string[]): string[] => [
    verdictRow(verdict, around.width),
    ...details,
    ...evidenceLines(verdict, around),
  ];
  switch (name) {
    case 'fail':
    case 'unknown':
    case 'warn':
      return group.flatMap((verdict) => shown(verdict, verdictDetails(verdict, around)));
    case 'after-deployment':
      return group.map((verdict) => verdictRow(verdict, around.width));
    case 'pass': {
      const noun = group.length === 1 ? 'requirement is' : 'requirements are';
      return around.verbose
        ? group.flatMap((verdict) => shown(verdict, []))
        : [`${verdictWords[name].padEnd(firstColumn)}${group.length} ${noun} met (--verbose lists them)`];
    }
    default:
      return unreachable(name);
  }
}

function outcome({ counts }: RoleReport): string {
  if (counts.fail > 0) return 'The machine falls short';
  if (counts.unknown > 0) return 'Not everything could be judged';
  return 'Nothing falls short';
}
