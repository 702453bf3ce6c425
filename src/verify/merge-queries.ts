// Many requirements, few questions: one enumeration a class however many requirements read it.
import type { CimQuery, FactQuery, RegistryQuery } from '../requirements/index.js';
import { slowRank } from './query-limits.js';

// The first query on a cold host starts WmiPrvSE, so it goes to the cheapest class. The component store behind
// Win32_OptionalFeature and the hotfix list answer in up to a minute, so everything else is read before them.
const firstClass = 'win32_operatingsystem';

/**
 * The smallest set of questions that answers all the given ones, in the order to ask them: CIM queries of one class,
 * namespace and condition become one with the union of their properties; equal registry queries become one. Equal
 * input in any order gives equal output.
 */
export function mergeQueries(queries: readonly FactQuery[]): FactQuery[] {
  const byKey = new Map<string, FactQuery>();
  for (const query of queries) {
    const key = queryKey(query);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, query);
    else if (known.kind === 'cim' && query.kind === 'cim') byKey.set(key, union(known, query));
  }
  return [...byKey.entries()]
    .sort(([keyA, a], [keyB, b]) => rank(a) - rank(b) || (keyA < keyB ? -1 : 1))
    .map(([, query]) => (query.kind === 'cim' ? { ...query, properties: sorted(query.properties) } : query));
}

/**
 * Two queries with the same key are answered by the same question. Windows looks at class, property and registry
 * names without regard to case; a condition is compared as it is written.
 */
export function queryKey(query: FactQuery): string {
  return query.kind === 'cim' ? cimKey(query) : registryKey(query);
}

/** True when the answer to `asked` answers `query` too: the same question, with all its properties. */
export function covers(asked: FactQuery, query: FactQuery): boolean {
  if (queryKey(asked) !== queryKey(query)) return false;
  if (asked.kind !== 'cim' || query.kind !== 'cim') return true;
  const names = new Set(asked.properties.map((property) => property.toLowerCase()));
  return query.properties.every((property) => names.has(property.toLowerCase()));
}

function cimKey({ namespace, className, where }: CimQuery): string {
  return JSON.stringify(['cim', namespace.toLowerCase(), className.toLowerCase(), where ?? '']);
}

function registryKey({ hive, key, value }: RegistryQuery): string {
  const asked = value === undefined ? null : [value.name.toLowerCase(), value.type];
  return JSON.stringify(['registry', hive, key.toLowerCase(), asked]);
}

function union(a: CimQuery, b: CimQuery): CimQuery {
  return { ...a, properties: [...a.properties, ...b.properties] };
}

/** Without repeats (of two spellings the one that sorts first stays), in an order that does not depend on the input's. */
function sorted(properties: readonly string[]): string[] {
  const bySmall = new Map<string, string>();
  for (const property of [...properties].sort().reverse()) bySmall.set(property.toLowerCase(), property);
  return [...bySmall.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, property]) => property);
}

function rank(query: FactQuery): number {
  if (query.kind === 'registry') return 2;
  const name = query.className.toLowerCase();
  if (name === firstClass) return 0;
  const slow = slowRank(name);
  return slow === -1 ? 1 : 3 + slow;
}
