// What a machine is ready for, on a terminal: the roles in one list, then what each is short of.
import { unreachable } from '../util/index.js';
import type { HostReadiness, ReadinessReport, RoleReadiness, Verdict } from '../verify/index.js';
import { plainLine } from './plain-characters.js';
import { circumstances, osWords, rehearsalLine } from './report-words.js';
import {
  documentLines,
  evidenceLines,
  firstColumn,
  verdictDetails,
  verdictRow,
  whatToDo,
  type Around,
} from './verdict-details.js';
import { hanging } from './wrapped.js';

export interface ReadinessOptions {
  /** Columns of the terminal. */
  width: number;
  /** Say of each need what was expected and where it comes from, too. */
  verbose: boolean;
}

/** Plain text, ending in a newline. */
export function readinessText(report: ReadinessReport, options: ReadinessOptions): string {
  const width = Math.max(40, options.width);
  return report.hosts.map((host) => hostText(host, { ...options, width })).join('\n');
}

function hostText(host: HostReadiness, options: ReadinessOptions): string {
  const { width } = options;
  const around = { ...options, documents: new Map<string, string>() };
  const lines = [
    ...(host.rehearsal ? [rehearsalLine] : []),
    `${plainLine(host.host)}  ${osWords(host)}  ready for:`,
    ...circumstances(host),
    '',
    ...answer(host, around),
  ];
  if (around.documents.size > 0) lines.push('', 'Documents:', ...documentLines(around.documents, width));
  return [...lines, ''].join('\n');
}

function answer(host: HostReadiness, around: Around & ReadinessOptions): string[] {
  const cause = whyNothing(host);
  if (cause !== null)
    return hanging('UNKNOWN', plainLine(cause), { indent: 0, column: firstColumn, width: around.width });
  const column = Math.max(...host.roles.map(({ role }) => role.length)) + 2;
  const overview = host.roles.map((one) =>
    `${stateWords[one.state].padEnd(firstColumn)}${one.role.padEnd(column)}${summary(one)}`.trimEnd(),
  );
  return [...overview, ...host.roles.flatMap((one) => roleLines(one, around))];
}

/** One cause for everything, said once; null where the roles have something to say. */
function whyNothing({ answered, error, os, roles }: HostReadiness): string | null {
  if (!answered) return error?.message ?? 'the host did not answer';
  if (os.judged !== null && roles.length > 0) return null;
  if (os.found === null) return `which Windows this is, is not known: ${os.cause ?? ''}`;
  const found = `${os.found.title} (${os.found.version})`;
  return os.expected === null
    ? `no role is known for what the machine runs: ${found}`
    : `the question is about ${os.expected}, and the machine runs ${found}`;
}

const stateWords: Readonly<Record<RoleReadiness['state'], string>> = {
  ready: 'READY',
  missing: 'LACKS',
  unknown: 'UNKNOWN',
};

function summary({ state, counts, extends: parent, missing, unknown }: RoleReadiness): string {
  switch (state) {
    case 'ready':
      return counts.warn > 0 ? `unconfirmed needs that are not met: ${counts.warn}` : '';
    case 'missing': {
      const own = parts(missing.length, counts.fail - missing.length, `what ${parent ?? ''} lacks`);
      return counts.unknown > 0 ? `${own}; ${counts.unknown} unknown` : own;
    }
    case 'unknown':
      return parts(unknown.length, counts.unknown - unknown.length, `what is unknown of ${parent ?? ''}`);
    default:
      return unreachable(state);
  }
}

/** `3 of its own, and what lync-web lacks (2)` */
function parts(own: number, inherited: number, of: string): string {
  if (inherited <= 0) return `${own} of its own`;
  return own === 0 ? `${of} (${inherited})` : `${own} of its own, and ${of} (${inherited})`;
}

function roleLines({ role, missing, unknown }: RoleReadiness, around: Around & ReadinessOptions): string[] {
  const listed = [...missing, ...unknown];
  if (listed.length === 0) return [];
  const one = (verdict: Verdict): string[] => [
    verdictRow(verdict, around.width),
    ...(around.verbose ? verdictDetails(verdict, around) : whatToDo(verdict, around)),
    ...evidenceLines(verdict, around),
  ];
  return ['', `${role}:`, ...listed.flatMap(one)];
}
