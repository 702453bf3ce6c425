// Writes an answer file's XML. fast-xml-builder makes the markup, so that it is well-formed by construction; it passes
// control characters through, so what XML 1.0 cannot hold is refused here, at the last door.
import XMLBuilder from 'fast-xml-builder';
import { fail } from '../../errors/index.js';

export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  content: string | readonly XmlNode[];
}

export type XmlNode = XmlElement | { comment: string };

export function element(
  name: string,
  content: string | readonly XmlNode[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return { name, attributes, content };
}

export function comment(text: string): XmlNode {
  return { comment: text };
}

/**
 * What cannot stand in a text of an answer file: what XML 1.0 has no way to write, and, beyond that, every control
 * character. A line end among them would come back as another (XML 1.0, 2.11), and no setting here has lines.
 */
const forbidden = /[\p{Cc}\p{Surrogate}\uFFFE\uFFFF]/u;

/** The first character that an answer file cannot hold; null where there is none. */
export function forbiddenCharacter(text: string): string | null {
  return forbidden.exec(text)?.[0] ?? null;
}

const builder = new XMLBuilder({
  preserveOrder: true,
  format: true,
  indentBy: '  ',
  ignoreAttributes: false,
  commentPropName: '#comment',
  // `true` as a value is a value, not HTML's attribute without one.
  suppressBooleanAttributes: false,
  // Without this the library writes any name as it is.
  sanitizeName: (name) => {
    throw new Error(`not a name of an XML element or attribute: ${JSON.stringify(name)}`);
  },
});

/**
 * The whole file. `head` stands above the root, a comment a line. Lines end with CR LF: Setup does not care, but the
 * file is read on the guest too, and Notepad of these systems shows a file with bare LF as one line.
 * Throws E_ANSWER_CHARACTER.
 */
export function writeXml(head: readonly string[], root: XmlElement): string {
  const declaration = {
    '?xml': [{ '#text': '' }],
    ':@': { '@_version': '1.0', '@_encoding': 'utf-8' },
  };
  const nodes = [...head.map(comment), root].map((node) => ordered(node));
  return `${builder.build([declaration, ...nodes])}\n`.replaceAll('\n', '\r\n');
}

/** As the library's preserveOrder wants it. */
function ordered(node: XmlNode): Record<string, unknown> {
  if ('comment' in node) return { '#comment': [{ '#text': ` ${checked(node.comment, 'A comment')} ` }] };
  const { name, content } = node;
  const attributes = Object.entries(node.attributes).map(
    ([key, value]) => [`@_${key}`, checked(value, `The attribute ${key}`)] as const,
  );
  const inner =
    typeof content === 'string'
      ? [{ '#text': checked(content, `The setting ${name}`) }]
      : content.map(ordered);
  return { [name]: inner, ...(attributes.length > 0 && { ':@': Object.fromEntries(attributes) }) };
}

function checked(text: string, what: string): string {
  const character = forbiddenCharacter(text);
  if (character !== null) throw fail('E_ANSWER_CHARACTER', { what, character });
  return text;
}
