// Reads one XML document, strictly, into the small tree. What comes off the network is hostile: no DOCTYPE (entities
// that grow), no processing instructions, bounded number and depth (saxes looks up prefixes through all ancestors:
// 50,000 nested elements took it 18 s), and the caller bounds the bytes.
import { SaxesParser } from 'saxes';
import type { NamespaceScope, XmlElement } from './element.js';

/** Real answers are less than 20 deep. */
export const maximumDepth = 64;

/** Elements and attributes together. An answer of 500 KB has some 20,000; two million bytes of `<a/>` take a second. */
export const maximumNodes = 100_000;

/** Not well-formed, or with something in it that WS-Management never has. The message carries no content. */
export class XmlError extends Error {}

interface OpenElement extends XmlElement {
  children: XmlElement[];
}

export function readXml(text: string): XmlElement {
  // XML 1.1 would let control characters in; nobody here speaks it.
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;

  parser.on('error', (error) => {
    // saxes begins with line:column; the rest may quote names of the document, as long and odd as they are.
    throw new XmlError(error.message.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200));
  });
  parser.on('doctype', () => {
    throw new XmlError('a DOCTYPE is not allowed');
  });
  parser.on('processinginstruction', () => {
    throw new XmlError('a processing instruction is not allowed');
  });
  let nodes = 0;
  const count = (): void => {
    nodes += 1;
    if (nodes > maximumNodes) throw new XmlError(`more than ${maximumNodes} elements and attributes`);
  };
  // Counted as they come: a tag is whole only after all its attributes.
  parser.on('attribute', count);
  parser.on('opentag', (tag) => {
    count();
    if (open.length >= maximumDepth) throw new XmlError(`more than ${maximumDepth} elements deep`);
    const parent = open.at(-1);
    const element: OpenElement = {
      uri: tag.uri,
      local: tag.local,
      attributes: Object.values(tag.attributes).map(({ uri, local, value }) => ({ uri, local, value })),
      children: [],
      text: '',
      scope: scopeOf(tag.ns, parent?.scope ?? null),
    };
    parent?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);

  parser.write(text).close();
  if (root === undefined) throw new XmlError('no element');
  return root;
}

/** Most elements declare nothing and share their parent's scope. */
function scopeOf(own: Record<string, string>, parent: NamespaceScope | null): NamespaceScope {
  return parent !== null && Object.keys(own).length === 0 ? parent : { own, parent };
}
