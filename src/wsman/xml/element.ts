// The small tree that XML is read into, and the few questions that are asked of it.

/** An element by namespace and local name. `text` is its own character data, CDATA included, children left out. */
export interface XmlElement {
  uri: string;
  local: string;
  attributes: readonly XmlAttribute[];
  children: readonly XmlElement[];
  text: string;
  /** Namespaces bound by prefix here, for QNames in content such as a fault's subcode. */
  scope: NamespaceScope;
}

export interface XmlAttribute {
  /** '' for an attribute without prefix. */
  uri: string;
  local: string;
  value: string;
}

export interface NamespaceScope {
  own: Readonly<Record<string, string>>;
  parent: NamespaceScope | null;
}

/** The first child of this name. */
export function child(element: XmlElement, uri: string, local: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.uri === uri && candidate.local === local);
}

export function children(element: XmlElement, uri: string, local: string): XmlElement[] {
  return element.children.filter((candidate) => candidate.uri === uri && candidate.local === local);
}

/** The trimmed text of the first child of this name; undefined without such a child. */
export function childText(element: XmlElement, uri: string, local: string): string | undefined {
  return child(element, uri, local)?.text.trim();
}

/** An attribute's value; attributes without prefix are in no namespace. */
export function attribute(element: XmlElement, local: string, uri = ''): string | undefined {
  return element.attributes.find((candidate) => candidate.local === local && candidate.uri === uri)?.value;
}

/** A QName in content as namespace and local name; null when its prefix is not bound. */
export function resolveQName(element: XmlElement, qname: string): { uri: string; local: string } | null {
  const colon = qname.indexOf(':');
  const prefix = colon < 0 ? '' : qname.slice(0, colon);
  for (let scope: NamespaceScope | null = element.scope; scope !== null; scope = scope.parent) {
    if (Object.hasOwn(scope.own, prefix)) {
      return { uri: scope.own[prefix] ?? '', local: qname.slice(colon + 1) };
    }
  }
  return prefix === '' ? { uri: '', local: qname } : null;
}
