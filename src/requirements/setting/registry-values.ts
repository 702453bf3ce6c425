// Settings that are a few registry values: the tasks that write them, and what they are judged by.
import type { Facts, RegistryQuery } from '../facts.js';
import type { Judgement } from '../kind.js';
import type { AnsibleTask } from '../task.js';

export interface WantedValue {
  /** In HKLM. */
  key: string;
  name: string;
  /** A number is a dword. */
  data: string | number;
  /** What the value is about, to tell it from the others; its name where it is absent. */
  about?: string;
}

export function registryTasks(values: readonly WantedValue[], comments: string[]): AnsibleTask[] {
  return values.map((value, index) => ({
    name: `Set ${aboutOf(value)} to ${String(value.data)}`,
    comments: index === 0 ? comments : [],
    module: 'ansible.windows.win_regedit',
    args: {
      path: `HKLM:\\${value.key}`,
      name: value.name,
      type: typeOf(value),
      data: value.data,
      state: 'present',
    },
  }));
}

export function registryFacts(values: readonly WantedValue[]): RegistryQuery[] {
  return values.map(queryOf);
}

/** What differs is told even where another value was not read. */
export function judgeValues(values: readonly WantedValue[], expected: string, facts: Facts): Judgement {
  const wrong: { actual: string; fix: string }[] = [];
  const causes: string[] = [];
  for (const value of values) {
    const answer = facts.registry(queryOf(value));
    if (!answer.known) {
      causes.push(answer.cause);
      continue;
    }
    const found = answer.value;
    const data = found.exists && 'data' in found ? found.data : undefined;
    if (data === String(value.data)) continue;
    const shown = found.exists ? (data === undefined ? 'of another type' : String(data)) : 'not set';
    const fix = `Set HKLM\\${value.key}\\${value.name} to ${String(value.data)} (${typeOf(value)}).`;
    wrong.push({ actual: `${aboutOf(value)} is ${shown}`, fix });
  }
  if (wrong.length > 0) {
    const [actual, fix] = [wrong.map((one) => one.actual).join(', '), wrong.map((one) => one.fix).join(' ')];
    return { verdict: 'fail', expected, actual, fix };
  }
  const [cause] = causes;
  if (cause !== undefined) return { verdict: 'unknown', expected, cause };
  return { verdict: 'pass', expected, actual: expected };
}

function queryOf(value: WantedValue): RegistryQuery {
  return { kind: 'registry', hive: 'HKLM', key: value.key, value: { name: value.name, type: typeOf(value) } };
}

function typeOf({ data }: WantedValue): 'string' | 'dword' {
  return typeof data === 'string' ? 'string' : 'dword';
}

function aboutOf({ name, about }: WantedValue): string {
  return about ?? name;
}
