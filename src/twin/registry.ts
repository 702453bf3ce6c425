// The registry: what the model gives every machine (registry-model.ts), what the machine's state implies
// (registry-live.ts), and over it what somebody wrote. A key of the model that is changed or deleted is copied into
// the state, so that later starts see it so.
import type { Guest } from './guest.js';
import type { RegistryValue } from './outcomes.js';
import { liveKeys } from './registry-live.js';
import { modelKeys } from './registry-model.js';
import type { RegistryData, RegistryKey } from './state.js';

const hives: Readonly<Record<string, string>> = {
  HKLM: 'HKLM',
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKCU: 'HKCU',
  HKEY_CURRENT_USER: 'HKCU',
  HKCR: 'HKCR',
  HKEY_CLASSES_ROOT: 'HKCR',
  HKU: 'HKU',
  HKEY_USERS: 'HKU',
  HKCC: 'HKCC',
  HKEY_CURRENT_CONFIG: 'HKCC',
};

/** `HKLM\SOFTWARE\X` of every spelling of a path; undefined when it names no hive. */
export function registryPath(text: string): string | undefined {
  const [first = '', ...rest] = text
    .trim()
    .replace(/^registry::/i, '')
    .split('\\');
  const hive = hives[first.replace(/:$/, '').toUpperCase()];
  return hive === undefined ? undefined : [hive, ...rest.filter((part) => part !== '')].join('\\');
}

export function keyExists(guest: Guest, text: string): boolean {
  const path = registryPath(text);
  if (path === undefined) return false;
  if (!path.includes('\\')) return true;
  const prefix = `${path.toLowerCase()}\\`;
  const keys = allKeys(guest);
  // A key exists also when only something below it was written down.
  return keys.has(path.toLowerCase()) || [...keys.keys()].some((key) => key.startsWith(prefix));
}

export function keyValues(guest: Guest, text: string): RegistryValue[] | undefined {
  const path = registryPath(text);
  if (path === undefined || !keyExists(guest, path)) return undefined;
  return Object.values(allKeys(guest).get(path.toLowerCase())?.values ?? {});
}

export function keyValue(guest: Guest, text: string, name: string): RegistryValue | undefined {
  return keyValues(guest, text)?.find((value) => value.name.toLowerCase() === name.toLowerCase());
}

export function subkeys(guest: Guest, text: string): string[] | undefined {
  const path = registryPath(text);
  if (path === undefined || !keyExists(guest, path)) return undefined;
  const prefix = `${path.toLowerCase()}\\`;
  const names = new Map<string, string>();
  for (const key of allKeys(guest).values()) {
    if (!key.path.toLowerCase().startsWith(prefix)) continue;
    const [name = ''] = key.path.slice(prefix.length).split('\\');
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

export function createKey(guest: Guest, text: string): void {
  const path = registryPath(text);
  if (path === undefined || !path.includes('\\') || keyExists(guest, path)) return;
  guest.state.registry[path.toLowerCase()] = { path, values: {} };
}

export function setValue(guest: Guest, text: string, name: string, data: RegistryData): void {
  const key = ownKey(guest, text);
  if (key === undefined) return;
  const known = key.values[name.toLowerCase()]?.name;
  key.values[name.toLowerCase()] = { name: known ?? name, ...data };
}

export function deleteValue(guest: Guest, text: string, name: string): boolean {
  if (keyValue(guest, text, name) === undefined) return false;
  const key = ownKey(guest, text);
  if (key === undefined) return false;
  key.values = Object.fromEntries(Object.entries(key.values).filter(([each]) => each !== name.toLowerCase()));
  return true;
}

/** With everything below it. What the state implies (a service's key, a pending restart) cannot be deleted away. */
export function deleteKey(guest: Guest, text: string): boolean {
  const path = registryPath(text);
  if (path === undefined || !path.includes('\\') || !keyExists(guest, path)) return false;
  const wanted = path.toLowerCase();
  const below = (key: string): boolean => key === wanted || key.startsWith(`${wanted}\\`);
  guest.state.registry = Object.fromEntries(
    Object.entries(guest.state.registry).filter(([key]) => !below(key)),
  );
  for (const [key, { path: spelled }] of modelKeys)
    if (below(key)) guest.state.registry[key] = { path: spelled, values: {}, deleted: true };
  return true;
}

/** Undoes the deletion of a key of the model: something on the machine makes it anew. */
export function restoreKey(guest: Guest, text: string): void {
  const key = registryPath(text)?.toLowerCase() ?? '';
  if (guest.state.registry[key]?.deleted !== true) return;
  guest.state.registry = Object.fromEntries(
    Object.entries(guest.state.registry).filter(([each]) => each !== key),
  );
}

/** The key in the state, copied there from the model when need be. */
function ownKey(guest: Guest, text: string): RegistryKey | undefined {
  const path = registryPath(text);
  if (path?.includes('\\') !== true) return undefined;
  const wanted = path.toLowerCase();
  const own = guest.state.registry[wanted];
  if (own !== undefined && own.deleted !== true) return own;
  const model = own === undefined ? modelKeys.get(wanted) : undefined;
  const key: RegistryKey = { path: model?.path ?? path, values: { ...model?.values } };
  guest.state.registry[wanted] = key;
  return key;
}

/** Model, then what was written, then what the state implies: a live value shows the machine as it is. */
function allKeys(guest: Guest): Map<string, RegistryKey> {
  const keys = new Map(modelKeys);
  for (const [key, value] of Object.entries(guest.state.registry)) {
    if (value.deleted === true) keys.delete(key);
    else keys.set(key, value);
  }
  for (const [key, live] of liveKeys(guest)) {
    const known = keys.get(key);
    keys.set(key, { path: known?.path ?? live.path, values: { ...known?.values, ...live.values } });
  }
  return keys;
}
