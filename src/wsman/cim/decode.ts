// XML of an instance or of parameters as properties, in class form and in fragment form alike: the names are the local
// names of the children (DSP0230 section 7, MS-WSMV 3.1.4.1.26). Nesting ends where the XML reader ends it.
import { ns } from '../namespaces.js';
import { attribute, resolveQName, type XmlElement } from '../xml/element.js';
import type { WireItem, WireObject, WireProperties, WireReference, WireValue } from './value.js';

// How DSP0230 wraps a datetime, by which of its parts are given.
const timeElements = new Set(['Datetime', 'Interval', 'Date', 'Time']);

/** What cannot be read is left out. `cim:Location`, which some hosts append, is no property. */
export function decodeProperties(element: XmlElement): WireProperties {
  const collected = new Map<string, WireItem[] | null>();
  for (const property of element.children) {
    if (property.uri === ns.cim) continue;
    const item = decodeItem(property);
    if (item === undefined) continue;
    const before = collected.get(property.local) ?? null;
    if (item === null) collected.set(property.local, before);
    else if (before === null) collected.set(property.local, [item]);
    else before.push(item);
  }
  // Object.fromEntries makes own properties, also of a name such as __proto__.
  return Object.fromEntries([...collected].map(([name, items]) => [name, toValue(items)]));
}

function toValue(items: WireItem[] | null): WireValue {
  if (items === null) return null;
  return items.length === 1 ? (items[0] ?? null) : items;
}

/** Undefined: not a value that can be read. */
function decodeItem(property: XmlElement): WireItem | null | undefined {
  if (/^\s*(?:true|1)\s*$/.test(attribute(property, 'nil', ns.xsi) ?? '')) return null;
  const reference = childOf(property, ns.a, 'ReferenceParameters');
  if (reference !== undefined) return decodeReference(reference);
  const object = objectType(property);
  if (object !== null) return decodeObject(property, object);
  const [inner] = property.children;
  if (inner === undefined) return property.text;
  const isTime = timeElements.has(inner.local) && (inner.uri === ns.cim || inner.uri === '');
  return isTime ? inner.text.trim() : undefined;
}

function decodeReference(parameters: XmlElement): WireReference | undefined {
  const resourceUri = childOf(parameters, ns.w, 'ResourceURI')?.text.trim();
  if (resourceUri === undefined || resourceUri === '') return undefined;
  const set = childOf(parameters, ns.w, 'SelectorSet');
  const selectors: [string, string][] = [];
  for (const selector of set?.children ?? []) {
    const name = attribute(selector, 'Name');
    // A key that is itself a reference (DSP0226 5.1.2.2) cannot be said as text: half a reference would mislead.
    if (name === undefined || selector.children.length > 0) return undefined;
    selectors.push([name, selector.text]);
  }
  return { resourceUri, selectors: Object.fromEntries(selectors) };
}

interface ObjectType {
  className: string;
  resourceUri: string;
}

/**
 * An embedded object says its class by xsi:type; where a server leaves that out, by the namespace of its properties.
 * Types of plain values (`cim:cimString`) do not end in `_Type`.
 */
function objectType(property: XmlElement): ObjectType | null {
  const written = attribute(property, 'type', ns.xsi)?.trim();
  const type = written === undefined ? null : resolveQName(property, written);
  if (type?.local.endsWith('_Type') === true && type.uri !== ns.cim) {
    return { className: type.local.slice(0, -'_Type'.length), resourceUri: type.uri };
  }
  const uri = property.children[0]?.uri ?? '';
  const isOther = uri === '' || uri === ns.cim || uri === ns.a || uri === property.uri;
  const className = isOther ? '' : (/\/(\w+)$/.exec(uri)?.[1] ?? '');
  return className === '' ? null : { className, resourceUri: uri };
}

function decodeObject(property: XmlElement, type: ObjectType): WireObject {
  return { ...type, properties: decodeProperties(property) };
}

/** Fragments have elements in no namespace. */
function childOf(element: XmlElement, uri: string, local: string): XmlElement | undefined {
  return element.children.find((inner) => inner.local === local && (inner.uri === uri || inner.uri === ''));
}
