// An instance that is too large for one message (w:EncodingLimit, DSP0226 section 13.6): its properties are asked for
// in two halves, each with the key, and put together again.
import { fail, type FactsOf, type LyncimgError } from '../../errors/index.js';
import { cimProperty, cimText } from '../cim/read.js';
import type { WireProperties } from '../cim/value.js';
import type { CimQuestion, ClassQuestion } from './cim-question.js';

/** Whether the question says its properties. */
export function canBeSplit(question: CimQuestion): question is ClassQuestion {
  return 'properties' in question && question.properties.length > 0;
}

/**
 * The rows, from two smaller questions; each may be split again by `ask`. Throws E_WSMAN_ENVELOPE with the properties
 * that cannot be made fewer, or whose rows cannot be told apart.
 */
export async function inHalves(
  question: ClassQuestion,
  cause: LyncimgError,
  ask: (part: ClassQuestion) => Promise<WireProperties[]>,
): Promise<WireProperties[]> {
  const { properties, key } = question;
  const others = properties.filter((name) => !same(name, key));
  if (others.length < 2) throw tooLarge(cause, properties);
  const middle = Math.ceil(others.length / 2);
  const withKey = (names: readonly string[]): ClassQuestion => ({
    ...question,
    properties: key === undefined ? names : [key, ...names],
  });
  const left = await ask(withKey(others.slice(0, middle)));
  const right = await ask(withKey(others.slice(middle)));
  const rows = join(left, right, key);
  if (rows === null) throw tooLarge(cause, properties);
  return properties.some((name) => same(name, key)) ? rows : rows.map((row) => without(row, key));
}

/** Null: there is no telling which rows belong together. */
function join(
  left: readonly WireProperties[],
  right: readonly WireProperties[],
  key: string | undefined,
): WireProperties[] | null {
  if (key === undefined) {
    if (left.length > 1 || right.length > 1) return null;
    const [a, b] = [left[0], right[0]];
    return a === undefined || b === undefined ? [] : [{ ...a, ...b }];
  }
  const byKey = new Map(right.map((row) => [keyOf(row, key), row]));
  const keys = new Set(left.map((row) => keyOf(row, key)));
  if (byKey.size !== right.length || keys.size !== left.length || byKey.has(null) || keys.has(null))
    return null;
  // What only one of the halves has came or went in between: half an instance would be a wrong one.
  return left.flatMap((row) => {
    const rest = byKey.get(keyOf(row, key));
    return rest === undefined ? [] : [{ ...row, ...rest }];
  });
}

function keyOf(row: WireProperties, key: string): string | null {
  return cimText(cimProperty(row, key));
}

function without(row: WireProperties, key: string | undefined): WireProperties {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !same(name, key)));
}

function same(name: string, key: string | undefined): boolean {
  return name.toLowerCase() === key?.toLowerCase();
}

function tooLarge(cause: LyncimgError, properties: readonly string[]): LyncimgError {
  const facts = cause.facts as FactsOf<'E_WSMAN_ENVELOPE'>;
  return fail('E_WSMAN_ENVELOPE', { ...facts, properties }, { where: cause.where });
}
