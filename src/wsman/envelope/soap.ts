// The SOAP 1.2 envelope around every message.
import { ns, type Prefix } from '../namespaces.js';
import { child, type XmlElement } from '../xml/element.js';
import { readXml, XmlError } from '../xml/reader.js';
import { xml, type Markup } from '../xml/writer.js';

export interface SoapMessage {
  header: XmlElement | null;
  body: XmlElement;
}

// Bound once on the envelope, so that messages and QNames in content may use them. xsi and cim are bound where
// instances begin, as Windows does it.
const bound: readonly Prefix[] = ['s', 'a', 'w', 'p', 'n', 'x', 'f', 'rsp', 'wsmid'];

export function writeSoap(header: readonly Markup[], body: readonly Markup[]): string {
  const declarations = Object.fromEntries(bound.map((prefix) => [`xmlns:${prefix}`, ns[prefix]]));
  return xml('s:Envelope', declarations, xml('s:Header', {}, header), xml('s:Body', {}, body)).text;
}

/** Throws XmlError for what is no XML or no envelope with a body. */
export function readSoap(text: string): SoapMessage {
  const root = readXml(text);
  if (root.uri !== ns.s || root.local !== 'Envelope') throw new XmlError('not a SOAP 1.2 envelope');
  const body = child(root, ns.s, 'Body');
  if (body === undefined) throw new XmlError('an envelope without a body');
  return { header: child(root, ns.s, 'Header') ?? null, body };
}
