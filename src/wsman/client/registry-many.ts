// Many values by one question: the provider lists names, and each value is then a call of its own, one after the other.
// What a host lists is not believed without bounds: it decides how much is asked.
import { fail, LyncimgError } from '../../errors/index.js';
import { systemClock } from './operation.js';
import { defaultClientLimits, type OperationOptions } from './options.js';
import {
  listKeys,
  listValues,
  pathOf,
  readRegistry,
  type Invoker,
  type RegistryEntry,
  type RegistryKey,
  type RegistryValueType,
} from './registry.js';

export interface RegistryKeysQuestion extends RegistryKey {
  /** None: the names of the subkeys alone. */
  values: readonly { name: string; type: RegistryValueType }[];
}

/** Of the values those that are there with the type asked for, by the name asked for. */
export type RegistryKeysReading =
  { exists: false } | { exists: true; keys: { name: string; values: Record<string, string | string[]> }[] };

export type RegistryTextsReading =
  { exists: false } | { exists: true; values: { name: string; data: string }[] };

const maximumKeys = 2000;
const maximumValues = 5000;
/** Of data in one answer, in characters: 2,000 certificates as hex come to half of it. */
const maximumText = 16 * 1024 * 1024;
// Microsoft, "Registry Element Size Limits". A key's name holds no backslash, a value's may.
const keyName = /^[^\p{Cc}\\]{1,255}$/u;
const valueName = /^[^\p{Cc}]{0,16383}$/u;

/**
 * Every direct subkey with the values asked for, `timeoutMs` for all of it. Throws E_WSMAN_REGISTRY_LIST for more than
 * 2,000 subkeys or a name that no key can have; E_WSMAN_REGISTRY where one of them cannot be read.
 */
export async function readRegistryKeys(
  client: Invoker,
  { values: asked, ...key }: RegistryKeysQuestion,
  how?: OperationOptions,
): Promise<RegistryKeysReading> {
  const whole = new WholeQuestion(client, key, how);
  const listed = await whole.ask((each) => listKeys(client, key, each));
  if (!listed.exists) return { exists: false };
  whole.assertList(listed.keys, { maximum: maximumKeys, what: 'subkeys', pattern: keyName });
  const keys: { name: string; values: Record<string, string | string[]> }[] = [];
  for (const name of listed.keys) {
    const found: [string, string | string[]][] = [];
    for (const value of asked) {
      const question = { ...key, key: `${key.key}\\${name}`, value };
      const reading = await whole.ask((each) => readRegistry(client, question, each));
      const data = dataOf(reading);
      if (data === undefined) continue;
      whole.spend(data);
      found.push([value.name, data]);
    }
    keys.push({ name, values: Object.fromEntries(found) });
  }
  return { exists: true, keys };
}

/**
 * Every value of a key that is text, `timeoutMs` for all of it; other types are left out. Throws as readRegistryKeys
 * does, for more than 5,000 values.
 */
export async function readRegistryTexts(
  client: Invoker,
  key: RegistryKey,
  how?: OperationOptions,
): Promise<RegistryTextsReading> {
  const whole = new WholeQuestion(client, key, how);
  const listed = await whole.ask((each) => listValues(client, key, each));
  if (!listed.exists) return { exists: false };
  const names = listed.values.map(({ name }) => name);
  whole.assertList(names, { maximum: maximumValues, what: 'values', pattern: valueName });
  const values: { name: string; data: string }[] = [];
  for (const value of names.length === 0 ? unlisted : listed.values.filter(isText)) {
    const { name, type } = value;
    const reading = await whole.ask((each) => readRegistry(client, { ...key, value: { name, type } }, each));
    const data = dataOf(reading);
    if (typeof data !== 'string') continue;
    whole.spend(data);
    values.push({ name, data });
  }
  return { exists: true, values };
}

type TextEntry = Pick<RegistryEntry, 'name'> & { type: 'string' | 'expandstring' };

/** The provider lists nothing where a key has its default value alone. */
const unlisted: readonly TextEntry[] = [
  { name: '', type: 'string' },
  { name: '', type: 'expandstring' },
];

function isText(entry: RegistryEntry): entry is RegistryEntry & TextEntry {
  return entry.type === 'string' || entry.type === 'expandstring';
}

/** Undefined for what is not there, by now, with that type. */
function dataOf(reading: Awaited<ReturnType<typeof readRegistry>>): string | string[] | undefined {
  return reading.exists && 'data' in reading ? reading.data : undefined;
}

/** One deadline and one budget for all calls. */
class WholeQuestion {
  readonly #host: string;
  readonly #path: string;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #deadline: number;
  #text = 0;

  constructor(
    { host }: Invoker,
    key: RegistryKey,
    { timeoutMs = defaultClientLimits.operationMs, signal }: OperationOptions = {},
  ) {
    this.#host = host;
    this.#path = pathOf(key);
    this.#timeoutMs = timeoutMs;
    this.#signal = signal;
    this.#deadline = systemClock.now() + timeoutMs;
  }

  async ask<T>(call: (each: OperationOptions) => Promise<T>): Promise<T> {
    const left = this.#deadline - systemClock.now();
    if (left <= 0) throw this.#timeout();
    const signal = this.#signal;
    try {
      return await call({ timeoutMs: left, ...(signal !== undefined && { signal }) });
    } catch (error) {
      // The last call had but the rest of the time: that it was too slow would be wrong.
      if (error instanceof LyncimgError && error.code === 'E_WSMAN_TIMEOUT') throw this.#timeout(error);
      throw error;
    }
  }

  assertList(names: readonly string[], allowed: { maximum: number; what: string; pattern: RegExp }): void {
    const { maximum, what, pattern } = allowed;
    if (names.length > maximum) throw this.#unbelievable(`it has more than ${maximum} ${what}`);
    const wrong = names.find((name) => !pattern.test(name));
    if (wrong === undefined) return;
    const shown = JSON.stringify(wrong.slice(0, 40));
    throw this.#unbelievable(`it names ${what} as Windows never does (${shown})`);
  }

  spend(data: string | string[]): void {
    this.#text += typeof data === 'string' ? data.length : data.join('').length;
    if (this.#text > maximumText)
      throw this.#unbelievable(`its data have more than ${maximumText} characters`);
  }

  #unbelievable(reason: string): LyncimgError {
    const facts = { host: this.#host, path: this.#path, reason };
    return fail('E_WSMAN_REGISTRY_LIST', facts, { where: { host: this.#host } });
  }

  #timeout(cause?: LyncimgError): LyncimgError {
    const facts = { host: this.#host, doing: `all of ${this.#path}`, timeoutMs: this.#timeoutMs };
    return fail('E_WSMAN_TIMEOUT', { ...facts, saidByHost: false }, { where: { host: this.#host }, cause });
  }
}
