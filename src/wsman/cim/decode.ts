// XML of an instance or of parameters as properties, in class form and in fragment form alike: the names are the local
// names of the children.
import { ns } from '../namespaces.js';
import { attribute, type XmlElement } from '../xml/element.js';
import type { WireProperties, WireValue } from './value.js';

// How DSP0230 wraps a datetime, by which of its parts are given.
const timeElements = new Set(['Datetime', 'Interval', 'Date', 'Time']);

/**
 * Properties that hold objects or references are left out: nothing that is asked for has them, and their inner form
 * cannot be told from the wire. `cim:Location`, which some hosts append, is no property.
 */
export function decodeProperties(element: XmlElement): WireProperties {
  const collected = new Map<string, string[] | null>();
  for (const property of element.children) {
    if (property.uri === ns.cim) continue;
    const text = decodeScalar(property);
    if (text === undefined) continue;
    const before = collected.get(property.local) ?? null;
    if (text === null) collected.set(property.local, before);
    else if (before === null) collected.set(property.local, [text]);
    else before.push(text);
  }
  // Object.fromEntries makes own properties, also of a name such as __proto__.
  return Object.fromEntries([...collected].map(([name, texts]) => [name, toValue(texts)]));
}

function toValue(texts: string[] | null): WireValue {
  if (texts === null) return null;
  return texts.length === 1 ? (texts[0] ?? null) : texts;
}

/** Undefined: not a value that can be read. */
function decodeScalar(property: XmlElement): string | null | undefined {
  if (/^\s*(?:true|1)\s*$/.test(attribute(property, 'nil', ns.xsi) ?? '')) return null;
  const [inner] = property.children;
  if (inner === undefined) return property.text;
  return timeElements.has(inner.local) ? inner.text.trim() : undefined;
}
