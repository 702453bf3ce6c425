// The primary DNS suffix. The registry has it twice: `NV Domain` is what was set, `Domain` what the last start made of it;
// public scripts that set it write both or restart (medium).
import type { Guest } from './guest.js';
import { text, type RegistryRows } from './registry-table.js';

const parameters = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
const own = parameters.toLowerCase();
const name = 'nv domain';

export function dnsSuffixKey(guest: Guest): RegistryRows[number] {
  const inUse = suffixInUse(guest);
  return [parameters, { Domain: text(inUse), 'NV Domain': text(suffixSet(guest) ?? inUse) }];
}

/** At a start: what was set is what counts from now on. */
export function takeDnsSuffix(guest: Guest): void {
  const set = suffixSet(guest);
  const key = guest.state.registry[own];
  if (set === null || key === undefined) return;
  guest.state.computer.dnsSuffix = set;
  const values = Object.entries(key.values).filter(([each]) => each !== name);
  guest.state.registry[own] = { ...key, values: Object.fromEntries(values) };
}

function suffixInUse({ state }: Guest): string {
  const { domain, dnsSuffix } = state.computer;
  return dnsSuffix === '' ? (domain ?? '') : dnsSuffix;
}

/** Null: nobody has written it since the last start. */
function suffixSet({ state }: Guest): string | null {
  const value = state.registry[own]?.values[name];
  return value?.type === 'string' ? value.data : null;
}
