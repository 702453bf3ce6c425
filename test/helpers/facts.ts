// Facts by hand, for tests of what judges them.
import type {
  Answer,
  CimRow,
  FactQuery,
  Facts,
  RegistryAnswer,
  RegistryKeysAnswer,
  RegistryValuesAnswer,
} from '../../src/requirements/index.js';

export interface GivenFacts {
  /** By class name. */
  cim?: Record<string, CimRow[]>;
  /** By `HIVE\key\value`, or by `HIVE\key` where only the key is asked for. */
  registry?: Record<string, RegistryAnswer>;
  /** By `HIVE\key`. */
  registryKeys?: Record<string, RegistryKeysAnswer>;
  /** By `HIVE\key`. */
  registryValues?: Record<string, RegistryValuesAnswer>;
}

/** What is not given was not answered: access denied. */
export function factsOf(given: GivenFacts): Facts {
  const answer = <T>(value: T | undefined): Answer<T> =>
    value === undefined ? { known: false, cause: 'access denied' } : { known: true, value };
  return {
    cim: ({ className }) => answer(given.cim?.[className]),
    registry: ({ hive, key, value }) =>
      answer(given.registry?.[value === undefined ? `${hive}\\${key}` : `${hive}\\${key}\\${value.name}`]),
    registryKeys: ({ hive, key }) => answer(given.registryKeys?.[`${hive}\\${key}`]),
    registryValues: ({ hive, key }) => answer(given.registryValues?.[`${hive}\\${key}`]),
  };
}

/** The same facts; each question is told first. */
export function watchedFacts(facts: Facts, onQuery: (query: FactQuery) => void): Facts {
  return {
    cim: (query) => {
      onQuery(query);
      return facts.cim(query);
    },
    registry: (query) => {
      onQuery(query);
      return facts.registry(query);
    },
    registryKeys: (query) => {
      onQuery(query);
      return facts.registryKeys(query);
    },
    registryValues: (query) => {
      onQuery(query);
      return facts.registryValues(query);
    },
  };
}
