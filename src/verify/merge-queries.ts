// Many requirements, few questions: one enumeration a class however many requirements read it.
import type { CimQuery, FactQuery, RegistryKeysQuery, RegistryQuery } from '../requirements/index.js';
import { slowRank } from './query-limits.js';

// The first query on a cold host starts WmiPrvSE, so it goes to the cheapest class. The component store behind
// Win32_OptionalFeature and the hotfix list answer in up to a minute, so everything else is read before them; and whole
// registry keys, which take hundreds of calls, are read after single values.
const firstClass = 'win32_operatingsystem';

/**
 * The smallest set of questions that answers all the given ones, in the order to ask them: CIM queries of one class,
 * namespace and condition become one with the union of their properties, queries of the subkeys of one key become one
 * with the union of their values; equal registry queries become one. Equal input in any order gives equal output.
 */
export function mergeQueries(queries: readonly FactQuery[]): FactQuery[] {
  const byKey = new Map<string, FactQuery[]>();
  // Which of them join may depend on which came first.
  for (const query of sortedBy(queries, textOf)) {
    const key = queryKey(query);
    byKey.set(key, joined(byKey.get(key) ?? [], query));
  }
  const merged = sortedBy([...byKey.values()].flat().map(tidy), textOf);
  return sortedBy(merged, queryKey).sort((a, b) => rank(a) - rank(b));
}

/**
 * Queries with the same key are answered by the same question, subkeys where covers() says so. Windows looks at class,
 * property and registry names without regard to case; a condition is compared as it is written.
 */
export function queryKey(query: FactQuery): string {
  switch (query.kind) {
    case 'cim':
      return cimKey(query);
    case 'registry':
      return registryKey(query);
    case 'registry-keys':
    case 'registry-values':
      return JSON.stringify([query.kind, query.hive, query.key.toLowerCase()]);
  }
}

/** True when the answer to `asked` answers `query` too: the same question, with all its properties or values. */
export function covers(asked: FactQuery, query: FactQuery): boolean {
  if (queryKey(asked) !== queryKey(query)) return false;
  const parts = new Set(partsOf(asked));
  return partsOf(query).every((part) => parts.has(part));
}

/** What may be asked for beside more of its like: properties, or values with their types. */
function partsOf(query: FactQuery): string[] {
  if (query.kind === 'cim') return query.properties.map((property) => property.toLowerCase());
  return query.kind === 'registry-keys' ? [...typesByName(query)].map((pair) => JSON.stringify(pair)) : [];
}

/** An answer has values by name, of whatever type they were asked for: so a name goes with all its types or none. */
function typesByName({ values }: RegistryKeysQuery): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const { name, type } of distinct(values, valueKey)) {
    const key = name.toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), type]);
  }
  return byName;
}

function cimKey({ namespace, className, where }: CimQuery): string {
  return JSON.stringify(['cim', namespace.toLowerCase(), className.toLowerCase(), where ?? '']);
}

function registryKey({ hive, key, value }: RegistryQuery): string {
  const asked = value === undefined ? null : [value.name.toLowerCase(), value.type];
  return JSON.stringify(['registry', hive, key.toLowerCase(), asked]);
}

function valueKey({ name, type }: RegistryKeysQuery['values'][number]): string {
  return JSON.stringify([name.toLowerCase(), type]);
}

/** Questions of one key with one more, which joins the first that it can. */
function joined(known: readonly FactQuery[], query: FactQuery): FactQuery[] {
  for (const [index, one] of known.entries()) {
    const both = union(one, query);
    if (both !== null) return known.with(index, both);
  }
  return [...known, query];
}

/** Of two queries with the same key; null where one answer cannot hold both. */
function union(a: FactQuery, b: FactQuery): FactQuery | null {
  if (a.kind === 'cim' && b.kind === 'cim') {
    const arrays = [...(a.arrays ?? []), ...(b.arrays ?? [])];
    return { ...a, properties: [...a.properties, ...b.properties], arrays };
  }
  if (a.kind === 'registry-keys' && b.kind === 'registry-keys') {
    const types = typesByName(a);
    const agree = [...typesByName(b)].every(([name, own]) => String(types.get(name) ?? own) === String(own));
    return agree ? { ...a, values: [...a.values, ...b.values] } : null;
  }
  return a;
}

/** Without repeats, in an order that does not depend on the input's. */
function tidy(query: FactQuery): FactQuery {
  if (query.kind === 'registry-keys') return { ...query, values: distinct(query.values, valueKey) };
  if (query.kind !== 'cim') return query;
  const { arrays = [], ...rest } = query;
  const properties = distinct(query.properties, (name) => name.toLowerCase());
  return {
    ...rest,
    properties,
    ...(arrays.length > 0 && { arrays: distinct(arrays, (name) => name.toLowerCase()) }),
  };
}

/** Of two spellings the one that sorts first stays. */
function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of sortedBy(items, textOf)) {
    if (!byKey.has(key(item))) byKey.set(key(item), item);
  }
  return sortedBy([...byKey.values()], key);
}

function textOf(item: unknown): string {
  return JSON.stringify(item);
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items
    .map((item): [string, T] => [key(item), item])
    .sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1))
    .map(([, item]) => item);
}

function rank(query: FactQuery): number {
  switch (query.kind) {
    case 'cim': {
      const name = query.className.toLowerCase();
      if (name === firstClass) return 0;
      const slow = slowRank(name);
      return slow === -1 ? 1 : 4 + slow;
    }
    case 'registry':
      return 2;
    case 'registry-keys':
    case 'registry-values':
      return 3;
  }
}
