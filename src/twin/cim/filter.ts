// Whether an instance meets a WQL condition. Texts are compared without case, as WMI does; a property that is null
// meets nothing but `is null` and `<> value`.
import type { CimValue } from '../../wsman/index.js';
import type { WqlCondition, WqlLiteral, WqlOperator } from './wql.js';

export type CimRow = Readonly<Record<string, CimValue>>;

export function meets(row: CimRow, condition: WqlCondition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => meets(row, part));
    case 'or':
      return condition.parts.some((part) => meets(row, part));
    case 'not':
      return !meets(row, condition.part);
    case 'compare':
      return compares(propertyOf(row, condition.property), condition.operator, condition.value);
  }
}

/** Names in a condition, so that an unknown one can be refused. */
export function propertiesOf(condition: WqlCondition): string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap(propertiesOf);
    case 'not':
      return propertiesOf(condition.part);
    case 'compare':
      return [condition.property];
  }
}

/** The values that a property must equal one of for the condition to hold, or null when it may have others too. */
export function requiredTexts(condition: WqlCondition | null, property: string): string[] | null {
  if (condition === null) return null;
  switch (condition.kind) {
    case 'and': {
      for (const part of condition.parts) {
        const found = requiredTexts(part, property);
        if (found !== null) return found;
      }
      return null;
    }
    case 'or': {
      const each = condition.parts.map((part) => requiredTexts(part, property));
      return each.every((found) => found !== null) ? each.flat() : null;
    }
    case 'not':
      return null;
    case 'compare': {
      const isKey = condition.property.toLowerCase() === property.toLowerCase();
      return isKey && condition.operator === '=' && typeof condition.value === 'string'
        ? [condition.value]
        : null;
    }
  }
}

function propertyOf(row: CimRow, name: string): CimValue | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(row).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function compares(value: CimValue | undefined, operator: WqlOperator, literal: WqlLiteral): boolean {
  const isNull = value === undefined || value === null;
  if (operator === 'is') return literal === null ? isNull : false;
  if (operator === 'is not') return literal === null ? !isNull : false;
  if (literal === null) return operator === '=' ? isNull : operator === '<>' && !isNull;
  if (isNull) return operator === '<>';
  if (operator === 'like') return like(comparable(value), String(literal));
  const order = orderOf(comparable(value), literal);
  if (order === null) return operator === '<>';
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

type Comparable = string | number | bigint | boolean;

function comparable(value: Exclude<CimValue, null>): Comparable {
  if (typeof value !== 'object') return value;
  if ('datetime' in value) return value.datetime;
  if ('interval' in value) return value.interval;
  // Arrays cannot be compared in WQL; as text they equal nothing that somebody would write.
  return '\u0000';
}

function orderOf(value: Comparable, literal: Exclude<WqlLiteral, null>): number | null {
  if (typeof value === 'boolean') {
    const wanted = booleanOf(literal);
    return wanted === null ? null : Number(value) - Number(wanted);
  }
  if (typeof value === 'string') {
    const [a, b] = [value.toLowerCase(), String(literal).toLowerCase()];
    return a === b ? 0 : a < b ? -1 : 1;
  }
  const wanted = typeof literal === 'boolean' ? Number(literal) : Number(literal);
  if (Number.isNaN(wanted)) return null;
  return Number(value) - wanted;
}

function booleanOf(literal: Exclude<WqlLiteral, null>): boolean | null {
  if (typeof literal === 'boolean') return literal;
  if (typeof literal === 'number') return literal !== 0;
  const text = literal.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

type Matcher = (character: string) => boolean;

/**
 * `%` any text, `_` one character, `[a-f]` and `[^a-f]` sets. Matched by going back to the last `%` only, so that no
 * pattern takes long.
 */
function like(value: Comparable, pattern: string): boolean {
  const text = String(value).toLowerCase();
  const parts = partsOf(pattern.toLowerCase()).map(matcherOf);
  let at = 0;
  let part = 0;
  let retry: { at: number; part: number } | null = null;
  while (at < text.length) {
    const matcher = parts[part];
    if (matcher === '%') {
      part += 1;
      retry = { at, part };
    } else if (matcher?.(text.charAt(at)) === true) {
      part += 1;
      at += 1;
    } else if (retry !== null) {
      retry.at += 1;
      ({ at, part } = retry);
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === '%');
}

/** Sets and single characters. A `[` that nothing closes is one: looked for once, as a pattern may hold thousands. */
function partsOf(pattern: string): string[] {
  const parts: string[] = [];
  const lastClosing = pattern.lastIndexOf(']');
  for (let at = 0; at < pattern.length;) {
    const closing = pattern.charAt(at) === '[' && at < lastClosing ? pattern.indexOf(']', at) : -1;
    const end = closing > at + 1 ? closing + 1 : at + 1;
    parts.push(pattern.slice(at, end));
    at = end;
  }
  return parts;
}

function matcherOf(part: string): Matcher | '%' {
  if (part === '%') return '%';
  if (part === '_') return () => true;
  if (part.length === 1) return (character) => character === part;
  const isNegated = part.startsWith('[^');
  const set = part.slice(isNegated ? 2 : 1, -1);
  return (character) => isInSet(character, set) !== isNegated;
}

function isInSet(character: string, set: string): boolean {
  for (let index = 0; index < set.length; index++) {
    const first = set.charAt(index);
    const last = set.charAt(index + 2);
    if (set.charAt(index + 1) === '-' && last !== '') {
      if (character >= first && character <= last) return true;
      index += 2;
    } else if (character === first) return true;
  }
  return false;
}
