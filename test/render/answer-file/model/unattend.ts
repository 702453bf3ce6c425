// An answer file as a tree, read by saxes, which shares nothing with the writer; and the tree as text again, so that it
// can be changed.
import { SaxesParser } from 'saxes';

export interface UnattendNode {
  name: string;
  /** By name with prefix, declarations of namespaces among them. */
  attributes: Record<string, string>;
  children: UnattendNode[];
  text: string;
  /** The comments right above it. */
  reasons: string[];
}

const namespaces = {
  unattend: 'urn:schemas-microsoft-com:unattend',
  wcm: 'http://schemas.microsoft.com/WMIConfig/2002/State',
};

/** Throws where the text is no XML, or has something that Setup's files do not have. */
export function readUnattend(text: string): UnattendNode {
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: UnattendNode[] = [];
  let root: UnattendNode | undefined;
  let reasons: string[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a DOCTYPE');
  });
  parser.on('comment', (comment) => reasons.push(comment.trim()));
  parser.on('opentag', (tag) => {
    if (tag.uri !== namespaces.unattend) throw new Error(`<${tag.name}> is in the namespace ${tag.uri}`);
    const attributes: Record<string, string> = {};
    for (const { name, prefix, uri, value } of Object.values(tag.attributes)) {
      if (prefix === 'wcm' && uri !== namespaces.wcm) throw new Error(`${name} is in the namespace ${uri}`);
      attributes[name] = value;
    }
    const node: UnattendNode = { name: tag.name, attributes, children: [], text: '', reasons };
    reasons = [];
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  parser.on('text', (piece) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += piece;
  });
  parser.on('closetag', () => {
    const node = open.pop();
    // Between elements it is layout.
    if (node !== undefined && node.children.length > 0) node.text = node.text.trim();
  });
  parser.write(text).close();
  if (root === undefined) throw new Error('no element');
  return root;
}

export function writeUnattend({ name, attributes, children, text }: UnattendNode): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${list.join('')}>${escaped(text)}${children.map(writeUnattend).join('')}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

export function childOf(node: UnattendNode | undefined, ...path: string[]): UnattendNode | undefined {
  let found = node;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

export function componentOf(root: UnattendNode, pass: string, name: string): UnattendNode | undefined {
  const settings = root.children.find(({ attributes }) => attributes['pass'] === pass);
  return settings?.children.find(({ attributes }) => attributes['name'] === name);
}

/** As Windows decodes it: hidden, it is base64 of the UTF-16LE of the password and the element's name. */
export function passwordIn(element: UnattendNode | undefined): string | null {
  const value = childOf(element, 'Value')?.text;
  const isPlain = childOf(element, 'PlainText')?.text;
  if (element === undefined || value === undefined) return null;
  if (isPlain === 'true') return value;
  const decoded = Buffer.from(value, 'base64').toString('utf16le');
  return decoded.endsWith(element.name) ? decoded.slice(0, -element.name.length) : null;
}
