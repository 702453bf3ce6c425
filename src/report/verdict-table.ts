// The report on a terminal: what needs a person comes first and says everything, what passed is a number. A document
// that forty needs come from is written out once, at the end.
import { unreachable } from '../util/index.js';
import type { Verdict, VerdictName, VerifyReport } from '../verify/index.js';
import { plainLine } from './plain-characters.js';
import { countsLine, sourceLine, verdictOrder } from './verdict-wording.js';

export interface TableOptions {
  /** Columns of the terminal. */
  width: number;
  /** List what passed, too. */
  verbose: boolean;
}

const words: Record<VerdictName, string> = {
  fail: 'FAIL',
  unknown: 'UNKNOWN',
  warn: 'WARN',
  'after-deployment': 'LATER',
  pass: 'PASS',
};
// The widest word and two blanks; the widest label (`expected`) and two blanks.
const firstColumn = 9;
const secondColumn = 10;

/** Plain text, ending in a newline. Lines break at `width`; the verdict is a word, so nothing hangs on colour. */
export function verdictTable(report: VerifyReport, options: TableOptions): string {
  const width = Math.max(40, options.width);
  const documents = new Map<string, string>();
  const lines = [...head(report), ''];
  for (const name of verdictOrder) {
    const group = report.verdicts.filter(({ verdict }) => verdict === name);
    if (group.length > 0) lines.push(...groupLines(name, group, { ...options, width, documents }));
  }
  if (documents.size > 0) lines.push('', 'Documents:', ...documentLines(documents, width));
  const rehearsal = report.rehearsal ? 'REHEARSAL: ' : '';
  lines.push('', `${rehearsal}${outcome(report)}: ${countsLine(report)}`, '');
  return lines.join('\n');
}

function head({ rehearsal, host, role, os, stage }: VerifyReport): string[] {
  const found = os.found === null ? 'which Windows answered is not known' : `Windows ${os.found}`;
  const lines = [`${plainLine(host)}  ${role}  ${os.expected} (${plainLine(found)})  stage ${stage}`];
  if (rehearsal)
    lines.unshift(
      'REHEARSAL: a twin answered, a model and not Windows. No verdict here is proof about a real server.',
    );
  return lines;
}

/** `documents` collects what is referred to: line -> the name it goes by. */
type Around = TableOptions & { documents: Map<string, string> };

function groupLines(name: VerdictName, group: readonly Verdict[], around: Around): string[] {
  const rows = (): string[] => group.map((verdict) => row(words[name], verdict, around.width));
  switch (name) {
    case 'fail':
    case 'unknown':
    case 'warn':
      return group.flatMap((verdict) => [
        row(words[name], verdict, around.width),
        ...details(verdict, around),
      ]);
    case 'after-deployment':
      return rows();
    case 'pass': {
      const noun = group.length === 1 ? 'requirement is' : 'requirements are';
      return around.verbose
        ? rows()
        : [`${words[name].padEnd(firstColumn)}${group.length} ${noun} met (--verbose lists them)`];
    }
    default:
      return unreachable(name);
  }
}

function row(word: string, { id, title }: Verdict, width: number): string {
  const name = `${word.padEnd(firstColumn)}${plainLine(id)}`;
  const about = plainLine(title);
  // Where both do not fit on a line the id stays: it is what other reports and the role file say.
  return name.length + 2 + about.length > width ? name : `${name}  ${about}`;
}

function details(verdict: Verdict, { width, documents }: Around): string[] {
  const { expected, actual, cause, fix, source, where } = verdict;
  const document = plainLine(sourceLine(source));
  const name = documents.get(document) ?? plainLine(source.id ?? `[${documents.size + 1}]`);
  documents.set(document, name);
  const parts = [
    // Side by side: that is what one compares.
    ['expected', actual === null ? expected : `${expected}; found: ${actual}`],
    ['cause', cause],
    ['fix', fix],
    ['source', `${name}, asked for at ${where}`],
  ] as const;
  return parts.flatMap(([label, text]) => {
    if (text === null) return [];
    return hanging(label, plainLine(text), { indent: firstColumn, column: secondColumn, width });
  });
}

function documentLines(documents: ReadonlyMap<string, string>, width: number): string[] {
  const column = Math.max(...[...documents.values()].map((name) => name.length)) + 2;
  return [...documents].flatMap(([text, name]) => hanging(name, text, { indent: 2, column, width }));
}

/** A label and its text; lines after the first stand under the text. */
function hanging(
  label: string,
  text: string,
  { indent, column, width }: { indent: number; column: number; width: number },
): string[] {
  return wrapped(text, width - indent - column).map(
    (part, index) => `${' '.repeat(indent)}${(index === 0 ? label : '').padEnd(column)}${part}`,
  );
}

/** Lines of at most `width`; a word that is longer stays whole, because it is a path or an address to be copied. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function outcome({ counts }: VerifyReport): string {
  if (counts.fail > 0) return 'The machine falls short';
  if (counts.unknown > 0) return 'Not everything could be judged';
  return 'Nothing falls short';
}
