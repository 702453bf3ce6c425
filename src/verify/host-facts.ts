// Facts as a document: what was asked, what came back, when and of whom. It can be kept and judged again later.
import type {
  Answer,
  CimQuery,
  CimRow,
  CimValue,
  Facts,
  FactQuery,
  RegistryAnswer,
  RegistryKeysAnswer,
  RegistryKeysQuery,
  RegistryQuery,
  RegistryValuesAnswer,
  RegistryValuesQuery,
} from '../requirements/index.js';
import { covers, queryKey } from './merge-queries.js';
import { queryTitle } from './query-text.js';
import type { HostAuthentication, HostError, HostIdentity } from './types.js';

export type AnsweredQuery = { at: string } & (
  | { query: CimQuery; answer: Answer<CimRow[]> }
  | { query: RegistryQuery; answer: Answer<RegistryAnswer> }
  | { query: RegistryKeysQuery; answer: Answer<RegistryKeysAnswer> }
  | { query: RegistryValuesQuery; answer: Answer<RegistryValuesAnswer> }
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
 * Reads a document as facts. Rows come with exactly the asked-for properties, subkeys with no more than the asked-for
 * values, spelled as the question spells them.
 *
 * A row without a property that was asked for makes the whole answer unknown: WS-Management sends a null as
 * `xsi:nil`, so a scalar that is absent is a host that did not answer the question. An empty array is absent too
 * (MS-WSMV 2.2.4.1), so the query says which properties are arrays.
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
  // The answer is of the question's kind: both are of one key.
  const answerTo = <T>(query: FactQuery): Answer<T> =>
    (find(query)?.answer as Answer<T> | undefined) ?? {
      known: false,
      cause: error?.message ?? `${queryTitle(query)} was not asked for when the facts were collected`,
    };
  // Forty features ask the same question of three hundred rows.
  const rows = remembered((query: CimQuery) => {
    const answer = answerTo<CimRow[]>(query);
    return answer.known ? rowsFor(query, answer.value) : answer;
  });
  const keys = remembered((query: RegistryKeysQuery) => {
    const answer = answerTo<RegistryKeysAnswer>(query);
    return answer.known ? { known: true as const, value: keysFor(query, answer.value) } : answer;
  });
  return {
    asked: (query) => find(query)?.query ?? null,
    cim: rows,
    registry: (query) => answerTo(query),
    registryKeys: keys,
    registryValues: (query) => answerTo(query),
  };
}

/** Facts of a host of which nothing can be said, for one reason. */
export function nothingKnown(cause: string): Facts {
  const unknown = (): { known: false; cause: string } => ({ known: false, cause });
  return { cim: unknown, registry: unknown, registryKeys: unknown, registryValues: unknown };
}

function remembered<Query extends object, T>(read: (query: Query) => T): (query: Query) => T {
  const before = new WeakMap<Query, T>();
  return (query) => {
    const known = before.get(query);
    if (known !== undefined) return known;
    const answer = read(query);
    before.set(query, answer);
    return answer;
  };
}

function rowsFor(query: CimQuery, rows: CimRow[]): Answer<CimRow[]> {
  const arrays = new Set((query.arrays ?? []).map((property) => property.toLowerCase()));
  const result: CimRow[] = [];
  for (const row of rows) {
    const values = bySmallName(row);
    const picked: [string, CimValue][] = [];
    for (const property of query.properties) {
      const name = property.toLowerCase();
      const value = arrays.has(name) ? listOf(values.get(name)) : values.get(name);
      if (value === undefined)
        return { known: false, cause: `${query.className} answered with a row that has no ${property}` };
      picked.push([property, value]);
    }
    result.push(Object.fromEntries(picked));
  }
  return { known: true, value: result };
}

/** An array of one item looks like a scalar on the wire. */
function listOf(value: CimValue | undefined): CimValue {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function keysFor(query: RegistryKeysQuery, answer: RegistryKeysAnswer): RegistryKeysAnswer {
  if (!answer.exists) return answer;
  const keys = answer.keys.map(({ name, values }) => {
    const found = bySmallName(values);
    const picked = query.values.flatMap(({ name: asked }): [string, string | string[]][] => {
      const data = found.get(asked.toLowerCase());
      return data === undefined ? [] : [[asked, data]];
    });
    return { name, values: Object.fromEntries(picked) };
  });
  return { exists: true, keys };
}

function bySmallName<T>(record: Record<string, T>): Map<string, T> {
  return new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
}
