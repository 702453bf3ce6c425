// What a verdict stands on: which question was asked, and what of the answer concerns the requirement. For people, so
// it is bounded: the facts themselves are kept by --save-facts.
import type { Answer, CimRow, FactQuery, Kind, RegistryAnswer, Requirement } from '../requirements/index.js';
import type { ReadFacts } from './host-facts.js';
import { queryText } from './query-text.js';
import type { Evidence } from './types.js';

const mostShown = 10;
const longestShown = 300;
const noKey = 'the key does not exist';

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
  const answer = answerTo(query, read);
  if (!answer.known) return { ...about, rows: null, shown: [], cause: answer.cause };
  if (typeof answer.value === 'string')
    return { ...about, rows: null, shown: [cut(answer.value)], cause: null };
  const rows = answer.value.filter(concerns);
  const shown = rows.slice(0, mostShown).map((row) => cut(rowText(row)));
  if (rows.length > mostShown) shown.push(`and ${rows.length - mostShown} rows more`);
  return { ...about, rows: answer.value.length, shown, cause: null };
}

/** As rows, which a kind can choose from: a subkey with its values, a value with its data. Else in words. */
function answerTo(query: FactQuery, read: ReadFacts): Answer<CimRow[] | string> {
  switch (query.kind) {
    case 'cim':
      return read.cim(query);
    case 'registry':
      return mapped(read.registry(query), registryText);
    case 'registry-keys':
      return mapped(read.registryKeys(query), (answer) =>
        answer.exists ? answer.keys.map(({ name, values }) => ({ name, ...values })) : noKey,
      );
    case 'registry-values':
      return mapped(read.registryValues(query), (answer) =>
        answer.exists ? answer.values.map(({ name, data }) => ({ name, data })) : noKey,
      );
  }
}

function mapped<A, B>(answer: Answer<A>, map: (value: A) => B): Answer<B> {
  return answer.known ? { known: true, value: map(answer.value) } : answer;
}

/** Quoted as JSON quotes: what a machine sent can then not look like something else. */
function rowText(row: CimRow): string {
  return Object.entries(row)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ');
}

function registryText(answer: RegistryAnswer): string {
  if (!answer.exists) return answer.missing === 'key' ? noKey : 'the value does not exist';
  if ('otherType' in answer) return 'the value has another type';
  return answer.data === undefined ? 'the key exists' : JSON.stringify(answer.data);
}

function cut(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}… (cut)` : text;
}
