// Facts that more than one requirement stands on, by hand: when one is wrong, everything that stands on it follows.
import { inputOf } from './inputs.js';
import type { Need } from './pairs.js';
import { settingValues } from './setting-values.js';

/** Values of the registry, as `hklm\…\name` in small letters, that a requirement must find as they are. */
export function registryValuesOf(need: Need): string[] {
  const registry = inputOf(need, 'registry');
  if (registry !== undefined) return [`${registry.path}\\${registry.name}`.toLowerCase()];
  const setting = inputOf(need, 'setting');
  if (setting === undefined) return [];
  return settingValues(setting).map(({ key, name }) => `${key}\\${name}`.toLowerCase());
}

/** Who else looks at what Windows Update leaves: the restart that it waits for is one pending restart of all. */
export function restartsOf({ requirement: { kind } }: Need): string[] {
  if (kind === 'pendingReboot') return ['servicing', 'Windows Update'];
  return kind === 'updates' ? ['Windows Update'] : [];
}

/**
 * What a machine is in the network. Who leaves a domain loses the primary DNS suffix with it (Windows' default); who
 * enters one gets its suffix, which is one too.
 */
export function placesOf(need: Need): string[] {
  const input = inputOf(need, 'computer');
  if (input?.membership === 'domain') return ['in a domain'];
  if (input?.membership === 'workgroup') return ['in a workgroup'];
  return input?.dnsSuffix === undefined ? [] : ['has a suffix'];
}

/** On 2008 R2 Server Core is an edition of its own, none of those that are supported; later it is a kind of each. */
export function editionsOf(os: string): (need: Need) => string[] {
  return (need) => {
    const input = inputOf(need, 'edition');
    if (input === 'supported') return os === '2008r2' ? ['edition', 'core'] : ['edition'];
    if (input === 'full-installation') return ['core'];
    return input === undefined ? [] : ['service pack'];
  };
}

/** Rules of the store of roots; the count and the size of their names go apart, as far as the names are short or long. */
export function certificateRulesOf(need: Need): string[] {
  const input = inputOf(need, 'certificates');
  return input === undefined ? [] : [input.rule];
}
