// Short hand for registry keys as data.
import type { RegistryData, RegistryKey } from './state.js';

type Values = Readonly<Record<string, RegistryData>>;

/** Keys by path. */
export type RegistryRows = readonly (readonly [path: string, values: Values])[];

export function text(data: string): RegistryData {
  return { type: 'string', data };
}

export function dword(data: number): RegistryData {
  return { type: 'dword', data: String(data) };
}

/** Lower-case path -> key. */
export function registryTable(keys: RegistryRows): Map<string, RegistryKey> {
  return new Map(
    keys.map(([path, values]) => [
      path.toLowerCase(),
      {
        path,
        values: Object.fromEntries(
          Object.entries(values).map(([name, data]) => [name.toLowerCase(), { name, ...data }]),
        ),
      },
    ]),
  );
}
