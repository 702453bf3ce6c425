// Facts as a document: what was asked, what came back, when and of whom. It can be kept and judged again later.
import type {
  Answer,
  CimQuery,
  CimRow,
  CimValue,
  Facts,
  FactQuery,
  RegistryAnswer,
  RegistryQuery,
} from '../requirements/index.js';
import { queryKey } from './merge-queries.js';

/** What the host said of itself before any question was asked. */
export interface HostIdentity {
  /** WS-Management's ProductVendor. */
  vendor: string;
  /** WS-Management's ProductVersion, e.g. `OS: 6.3.9600 SP: 0.0 Stack: 3.0`. */
  version: string;
  /** True when it says that it is a twin. */
  rehearsal: boolean;
}

export type AnsweredQuery = { at: string } & (
  { query: CimQuery; answer: Answer<CimRow[]> } | { query: RegistryQuery; answer: Answer<RegistryAnswer> }
);

/** JSON-serialisable; everything that a judgement needs, and nothing that was judged. */
export interface FactsDocument {
  apiVersion: 'lyncimg/v1';
  kind: 'Facts';
  /** `host:port` */
  host: string;
  identity: HostIdentity;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
  answers: AnsweredQuery[];
}

/**
 * Reads a document as facts. Rows come with exactly the asked-for properties, spelled as the question spells them.
 *
 * A row without a property that was asked for makes the whole answer unknown: WS-Management sends a null as
 * `xsi:nil`, so a scalar that is absent is a host that did not answer the question. (An empty array is absent too,
 * wsman.md 1.5; the first kind that reads one has to say so in its query.)
 */
export function factsFrom(document: FactsDocument): Facts {
  const answers = new Map(document.answers.map((answered) => [queryKey(answered.query), answered]));
  return {
    cim(query) {
      const found = answers.get(queryKey(query));
      if (found?.query.kind !== 'cim') return notAsked(query);
      const { answer } = found as { answer: Answer<CimRow[]> };
      return answer.known ? rowsFor(query, found.query, answer.value) : answer;
    },
    registry(query) {
      const found = answers.get(queryKey(query));
      if (found?.query.kind !== 'registry') return notAsked(query);
      return found.answer as Answer<RegistryAnswer>;
    },
  };
}

/** Facts of a host of which nothing can be said, for one reason. */
export function nothingKnown(cause: string): Facts {
  return { cim: () => ({ known: false, cause }), registry: () => ({ known: false, cause }) };
}

/** For people, in causes: the class, or the key with its value. */
export function queryTitle(query: FactQuery): string {
  if (query.kind === 'cim') return query.className;
  const key = `${query.hive}\\${query.key}`;
  return query.value === undefined ? key : `${key} [${query.value.name}]`;
}

function notAsked(query: FactQuery): { known: false; cause: string } {
  return { known: false, cause: `${queryTitle(query)} was not asked for when the facts were collected` };
}

function rowsFor(query: CimQuery, asked: CimQuery, rows: CimRow[]): Answer<CimRow[]> {
  const askedFor = new Set(asked.properties.map((property) => property.toLowerCase()));
  if (query.properties.some((property) => !askedFor.has(property.toLowerCase()))) return notAsked(query);
  const result: CimRow[] = [];
  for (const row of rows) {
    const values = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
    const picked: [string, CimValue][] = [];
    for (const property of query.properties) {
      const value = values.get(property.toLowerCase());
      if (value === undefined)
        return { known: false, cause: `${query.className} answered with a row that has no ${property}` };
      picked.push([property, value]);
    }
    result.push(Object.fromEntries(picked));
  }
  return { known: true, value: result };
}
