// What a verdict stands on: which question was asked, and what of the answer concerns the requirement. For people, so
// it is bounded: the facts themselves are kept by --save-facts.
import type { Answer, CimRow, FactQuery, Kind, RegistryAnswer, Requirement } from '../requirements/index.js';
import type { ReadFacts } from './host-facts.js';
import { queryText } from './query-text.js';
import type { Evidence } from './types.js';

const mostShown = 10;
const longestShown = 300;

type AnyKind = Kind<unknown, unknown>;

export function evidenceOf(
  { kind: name, spec }: Requirement,
  read: ReadFacts,
  kindOf: (name: string) => AnyKind | undefined,
): Evidence[] {
  const kind = kindOf(name);
  try {
    return (kind?.facts(spec) ?? []).map((query) =>
      evidenceFor({ query, read, concerns: concern(kind, spec) }),
    );
  } catch {
    return []; // A spec that its kind cannot read asks nothing; the verdict says why it is unknown.
  }
}

/** Which rows to show: those that the kind names, all where it names none. */
function concern(kind: AnyKind | undefined, spec: unknown): (row: CimRow) => boolean {
  return (row) => kind?.evidence?.(spec, row) ?? true;
}

function evidenceFor(options: {
  query: FactQuery;
  read: ReadFacts;
  concerns: (row: CimRow) => boolean;
}): Evidence {
  const { query, read, concerns } = options;
  const asked = read.asked(query);
  const about = { query: queryText(asked ?? query), asked: asked !== null };
  const answer: Answer<CimRow[] | RegistryAnswer> =
    query.kind === 'cim' ? read.cim(query) : read.registry(query);
  if (!answer.known) return { ...about, rows: null, shown: [], cause: answer.cause };
  if (!Array.isArray(answer.value))
    return { ...about, rows: null, shown: [cut(registryText(answer.value))], cause: null };
  const rows = answer.value.filter(concerns);
  const shown = rows.slice(0, mostShown).map((row) => cut(rowText(row)));
  if (rows.length > mostShown) shown.push(`and ${rows.length - mostShown} rows more`);
  return { ...about, rows: answer.value.length, shown, cause: null };
}

/** Quoted as JSON quotes: what a machine sent can then not look like something else. */
function rowText(row: CimRow): string {
  return Object.entries(row)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ');
}

function registryText(answer: RegistryAnswer): string {
  if (!answer.exists) return `the ${answer.missing} does not exist`;
  if ('otherType' in answer) return 'the value has another type';
  return answer.data === undefined ? 'the key exists' : JSON.stringify(answer.data);
}

function cut(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}… (cut)` : text;
}
