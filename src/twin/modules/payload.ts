// What Ansible's bootstrap reads from stdin: the exec wrapper's script, four NULs, and a JSON payload (ansible-core
// 2.14, executor/powershell/bootstrap_wrapper.ps1 and module_manifest.py).
import { isObject, parseJson, type JsonObject } from './json.js';

export interface Payload {
  /** As the play wrote it. */
  moduleName: string;
  /** The task's own arguments. */
  arguments: JsonObject;
  checkMode: boolean;
  diffMode: boolean;
  /** Wrappers in the order in which they run. */
  actions: string[];
  environment: Record<string, string>;
  minPowershell: string | null;
  minOs: string | null;
}

const separator = Buffer.from('\0\0\0\0');

/** Undefined when the bytes are no such payload. */
export function readPayload(stdin: Buffer): Payload | undefined {
  const cut = stdin.indexOf(separator);
  if (cut < 0) return undefined;
  const payload = jsonObject(stdin.toString('utf8', cut + separator.length));
  const given = payload?.['module_args'];
  if (payload === undefined || !isObject(given)) return undefined;
  const own = Object.entries(given).filter(([name]) => !name.startsWith('_ansible_'));
  return {
    moduleName: textOf(given['_ansible_module_name']) ?? '',
    arguments: Object.fromEntries(own),
    checkMode: given['_ansible_check_mode'] === true,
    diffMode: given['_ansible_diff'] === true,
    actions: Array.isArray(payload['actions']) ? payload['actions'].map(String) : [],
    environment: environmentOf(payload['environment']),
    minPowershell: textOf(payload['min_ps_version']),
    minOs: textOf(payload['min_os_version']),
  };
}

function jsonObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function environmentOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item)]));
}
