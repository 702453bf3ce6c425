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
import { covers, queryKey } from './merge-queries.js';
import { queryTitle } from './query-text.js';
import type { HostAuthentication, HostError, HostIdentity } from './types.js';

export type AnsweredQuery = { at: string } & (
  { query: CimQuery; answer: Answer<CimRow[]> } | { query: RegistryQuery; answer: Answer<RegistryAnswer> }
);

/** Of one host. JSON-serialisable; everything that a judgement needs, nothing that was judged, and no secret. */
export interface HostFacts {
  apiVersion: 'lyncimg/v1';
  kind: 'HostFacts';
  /** `host:port` */
  host: string;
  /** It spoke WS-Management and let us ask. Where it is false there is an `error`. */
  answered: boolean;
  /** Null where its Identify could not be read. */
  identity: HostIdentity | null;
  authentication: HostAuthentication | null;
  /** Why it was not asked, or not to the end: what is not among the answers is unknown for this cause. */
  error: HostError | null;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
  answers: AnsweredQuery[];
}

/** Facts that know how they were asked for. */
export interface ReadFacts extends Facts {
  /** The question that was sent for this one; null where none was. */
  asked(query: FactQuery): FactQuery | null;
}

/**
 * Reads a document as facts. Rows come with exactly the asked-for properties, spelled as the question spells them.
 *
 * A row without a property that was asked for makes the whole answer unknown: WS-Management sends a null as
 * `xsi:nil`, so a scalar that is absent is a host that did not answer the question. (An empty array is absent too,
 * MS-WSMV 2.2.4.1; the first kind that reads one has to say so in its query.)
 */
export function factsFrom({ answers, error }: Pick<HostFacts, 'answers' | 'error'>): ReadFacts {
  const byKey = new Map<string, AnsweredQuery[]>();
  for (const answered of answers) {
    const key = queryKey(answered.query);
    byKey.set(key, [...(byKey.get(key) ?? []), answered]);
  }
  // Asked twice with other properties: the one that was answered.
  const find = (query: FactQuery): AnsweredQuery | undefined => {
    const found = (byKey.get(queryKey(query)) ?? []).filter((answered) => covers(answered.query, query));
    return found.find(({ answer }) => answer.known) ?? found[0];
  };
  const notAsked = (query: FactQuery): { known: false; cause: string } => ({
    known: false,
    cause: error?.message ?? `${queryTitle(query)} was not asked for when the facts were collected`,
  });
  // Forty features ask the same question of three hundred rows.
  const read = new WeakMap<CimQuery, Answer<CimRow[]>>();
  return {
    asked: (query) => find(query)?.query ?? null,
    cim(query) {
      const before = read.get(query);
      if (before !== undefined) return before;
      const found = find(query)?.answer as Answer<CimRow[]> | undefined;
      const unread = found ?? notAsked(query);
      const answer = unread.known ? rowsFor(query, unread.value) : unread;
      read.set(query, answer);
      return answer;
    },
    registry(query) {
      return (find(query)?.answer as Answer<RegistryAnswer> | undefined) ?? notAsked(query);
    },
  };
}

/** Facts of a host of which nothing can be said, for one reason. */
export function nothingKnown(cause: string): Facts {
  return { cim: () => ({ known: false, cause }), registry: () => ({ known: false, cause }) };
}

function rowsFor(query: CimQuery, rows: CimRow[]): Answer<CimRow[]> {
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
