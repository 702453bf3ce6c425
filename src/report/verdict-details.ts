// One verdict on a terminal: a row, and under it what explains it.
import type { Evidence, Verdict, VerdictName } from '../verify/index.js';
import { plainLine } from './plain-characters.js';
import { sourceLine } from './verdict-wording.js';
import { hanging } from './wrapped.js';

/** Columns of the terminal, and the documents that were referred to: line -> the name it goes by. */
export interface Around {
  width: number;
  documents: Map<string, string>;
}

export const verdictWords: Record<VerdictName, string> = {
  fail: 'FAIL',
  unknown: 'UNKNOWN',
  warn: 'WARN',
  'after-deployment': 'LATER',
  pass: 'PASS',
};
// The widest word and two blanks; the widest label (`expected`) and two blanks.
export const firstColumn = 9;
const secondColumn = 10;

export function verdictRow({ verdict, id, title }: Verdict, width: number): string {
  const name = `${verdictWords[verdict].padEnd(firstColumn)}${plainLine(id)}`;
  const about = plainLine(title);
  // Where both do not fit on a line the id stays: it is what other reports and the role file say.
  return name.length + 2 + about.length > width ? name : `${name}  ${about}`;
}

export function verdictDetails(verdict: Verdict, around: Around): string[] {
  const { expected, actual, cause, fix, where } = verdict;
  const name = documentName(verdict, around.documents);
  return detailLines(
    [
      // Side by side: that is what one compares.
      ['expected', actual === null ? expected : `${expected}; found: ${actual}`],
      ['cause', cause],
      ['fix', fix],
      ['source', name === null ? `asked for by ${where}` : `${name}, asked for at ${where}`],
    ],
    around.width,
  );
}

/** The one line of it that a list to work through needs. */
export function whatToDo({ verdict, cause, fix }: Verdict, { width }: Around): string[] {
  return detailLines([verdict === 'unknown' ? ['cause', cause] : ['fix', fix]], width);
}

/** Which questions it stands on, and what came back. */
export function evidenceLines({ evidence = [] }: Verdict, { width }: Around): string[] {
  return evidence.flatMap((one) =>
    detailLines(
      [
        [one.asked ? 'asked' : 'not asked', one.query],
        ...answerOf(one).map((text): [string, string] => ['answer', text]),
      ],
      width,
    ),
  );
}

export function documentLines(documents: ReadonlyMap<string, string>, width: number): string[] {
  const column = Math.max(...[...documents.values()].map((name) => name.length)) + 2;
  return [...documents].flatMap(([text, name]) => hanging(name, text, { indent: 2, column, width }));
}

function answerOf({ rows, shown, cause }: Evidence): string[] {
  if (cause !== null) return [cause];
  if (rows === null) return shown;
  if (shown.length > 0) return shown;
  return [rows === 0 ? 'no row' : `${rows} ${rows === 1 ? 'row' : 'rows'}, none of which concerns it`];
}

function documentName({ source }: Verdict, documents: Map<string, string>): string | null {
  if (source === null) return null;
  const document = plainLine(sourceLine(source));
  const name = documents.get(document) ?? plainLine(source.id ?? `[${documents.size + 1}]`);
  documents.set(document, name);
  return name;
}

function detailLines(parts: readonly (readonly [string, string | null])[], width: number): string[] {
  return parts.flatMap(([label, text]) =>
    text === null
      ? []
      : hanging(label, plainLine(text), { indent: firstColumn, column: secondColumn, width }),
  );
}
