// Open enumerations of a server, and how much of one goes into an answer. Windows counts two bytes a character against
// MaxEnvelopeSize: recorded pages of hosts with 150 KB are all cut just below 76,800 characters.
import { randomUUID } from 'node:crypto';
import { WsmanFault } from '../fault.js';
import type { Limits } from '../limits.js';
import type { Markup } from '../xml/writer.js';

interface Enumeration {
  user: string;
  resourceUri: string;
  items: readonly Markup[];
  touchedAt: number;
}

export interface PageLimits {
  maxElements: number;
  /** Octets for the whole envelope. */
  maxEnvelopeBytes: number;
  /** Characters of the envelope without its items. */
  overhead: number;
}

export interface OpenEnumerations {
  /** Keeps items that did not fit; the context is new each time. */
  keep(user: string, resourceUri: string, items: readonly Markup[]): string;
  /** Takes an enumeration out: its context is used up. Throws InvalidEnumerationContext. */
  take(user: string, resourceUri: string, context: string): readonly Markup[];
  clear(): void;
}

export function createEnumerations(limits: Limits, now: () => number): OpenEnumerations {
  const open = new Map<string, Enumeration>();

  const forgetOld = (): void => {
    for (const [context, enumeration] of open) {
      if (now() - enumeration.touchedAt > limits.enumerationTimeoutMs) open.delete(context);
    }
  };

  return {
    keep: (user, resourceUri, items) => {
      forgetOld();
      if (open.size >= limits.maxEnumerations) throw new WsmanFault('QUOTA_MAX_OPERATIONS');
      const context = `uuid:${randomUUID().toUpperCase()}`;
      open.set(context.toLowerCase(), { user, resourceUri, items, touchedAt: now() });
      return context;
    },
    take: (user, resourceUri, context) => {
      forgetOld();
      const enumeration = open.get(context.toLowerCase());
      const same =
        enumeration?.user === user && enumeration.resourceUri.toLowerCase() === resourceUri.toLowerCase();
      if (!same) throw new WsmanFault('INVALID_ENUMERATION_CONTEXT');
      open.delete(context.toLowerCase());
      return enumeration.items;
    },
    clear: () => {
      open.clear();
    },
  };
}

/** Splits off what one answer may hold. Throws EncodingLimit when even the first item does not fit. */
export function cutPage(
  items: readonly Markup[],
  limits: PageLimits,
): { page: readonly Markup[]; rest: readonly Markup[] } {
  const room = Math.floor(limits.maxEnvelopeBytes / 2) - limits.overhead;
  let used = 0;
  let count = 0;
  for (const item of items) {
    used += item.text.length;
    if (used > room || count >= limits.maxElements) break;
    count += 1;
  }
  if (count === 0 && items.length > 0) throw new WsmanFault('ENCODING_LIMIT');
  return { page: items.slice(0, count), rest: items.slice(count) };
}
