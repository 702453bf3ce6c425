// Writes XML. Markup is a type of its own, so that a plain string can only ever become escaped text.

/** XML that is finished and safe to put into other XML. Made by `xml` alone. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type XmlContent = Markup | string | readonly Markup[];

/**
 * An element with open and close tag, even when empty: OMI answers an empty 500 to self-closed ones.
 * Attributes that are undefined are left out.
 */
export function xml(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...content: XmlContent[]
): Markup {
  assertName(name);
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    assertName(key);
    text += ` ${key}="${escapeAttribute(value)}"`;
  }
  text += '>';
  for (const piece of content) text += contentText(piece);
  return new Markup(`${text}</${name}>`);
}

function contentText(content: XmlContent): string {
  if (typeof content === 'string') return escapeText(content);
  if (content instanceof Markup) return content.text;
  return content.map((markup) => markup.text).join('');
}

/** Names come from our own code and from a handler's property names: a wrong one is a defect, not input. */
function assertName(name: string): void {
  if (!/^(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/.test(name)) {
    throw new Error(`not a name of an XML element or attribute: ${JSON.stringify(name)}`);
  }
}

/** Characters that XML 1.0 cannot carry go out as `?`, as Windows does it. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- naming the control characters is the point
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '?');
}

function escapeText(text: string): string {
  // A bare CR would come back as LF (XML 1.0, 2.11).
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}
