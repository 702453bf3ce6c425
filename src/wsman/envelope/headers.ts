// The headers of requests and answers (MS-WSMV 3.1.4.1.3 to 3.1.4.1.25, WS-Addressing): how we write them, and what is
// asked of those that we read.
import { responseAction } from '../actions.js';
import { formatDuration, parseDuration } from '../duration.js';
import { WsmanFault } from '../fault.js';
import { anonymousAddress, ns } from '../namespaces.js';
import { attribute, child, children, childText, type XmlElement } from '../xml/element.js';
import { xml, type Markup } from '../xml/writer.js';
import { writeSoap } from './soap.js';

export interface RequestHeaders {
  to: string;
  action: string;
  /** `uuid:` and a GUID by custom; any text up to 2 KB is taken (MS-WSMV note <47>). */
  messageId: string;
  resourceUri: string;
  /** Octets; the sender's wish. */
  maxEnvelopeBytes: number | null;
  operationTimeoutMs: number | null;
  /** Names and values as sent; to be compared without case. */
  selectors: Readonly<Record<string, string>>;
  /** By upper-case name. */
  options: Readonly<Record<string, string>>;
}

const mustUnderstand = { 's:mustUnderstand': 'true' };
const notMustUnderstand = { 's:mustUnderstand': 'false' };

/** A whole request. Locale is left to the host: we match on no text. */
export function encodeRequest(headers: RequestHeaders, body: readonly Markup[]): string {
  const list = [
    xml('a:To', {}, headers.to),
    xml('w:ResourceURI', mustUnderstand, headers.resourceUri),
    xml('a:ReplyTo', {}, xml('a:Address', mustUnderstand, anonymousAddress)),
    xml('a:Action', mustUnderstand, headers.action),
    xml('a:MessageID', {}, headers.messageId),
    xml('w:Locale', { 'xml:lang': 'en-US', ...notMustUnderstand }),
    xml('p:DataLocale', { 'xml:lang': 'en-US', ...notMustUnderstand }),
  ];
  if (headers.maxEnvelopeBytes !== null) {
    list.push(xml('w:MaxEnvelopeSize', mustUnderstand, String(headers.maxEnvelopeBytes)));
  }
  if (headers.operationTimeoutMs !== null) {
    list.push(xml('w:OperationTimeout', {}, formatDuration(headers.operationTimeoutMs)));
  }
  list.push(...named('w:SelectorSet', 'w:Selector', headers.selectors));
  list.push(...named('w:OptionSet', 'w:Option', headers.options));
  return writeSoap(list, body);
}

function named(set: string, item: string, values: Readonly<Record<string, string>>): Markup[] {
  const entries = Object.entries(values);
  if (entries.length === 0) return [];
  return [
    xml(
      set,
      {},
      entries.map(([name, value]) => xml(item, { Name: name }, value)),
    ),
  ];
}

/** The headers of a request, checked. Throws the WsmanFault that a host answers with (MS-WSMV 3.1.4.1). */
export function decodeRequestHeaders(header: XmlElement | null): RequestHeaders {
  if (header === null) throw required('Header');
  refuseUnknown(header);
  const address = child(header, ns.a, 'ReplyTo');
  if (address === undefined) throw required('ReplyTo');
  if (childText(address, ns.a, 'Address') !== anonymousAddress) {
    throw new WsmanFault('UNSUPPORTED_FEATURE', { detail: 'AddressingMode' });
  }
  const resourceUri = childText(header, ns.w, 'ResourceURI') ?? '';
  const headers: RequestHeaders = {
    to: requiredText(header, 'To'),
    action: requiredText(header, 'Action'),
    messageId: requiredText(header, 'MessageID'),
    resourceUri,
    maxEnvelopeBytes: readMaxEnvelope(childText(header, ns.w, 'MaxEnvelopeSize')),
    operationTimeoutMs: readTimeout(childText(header, ns.w, 'OperationTimeout')),
    selectors: readNamed(header, 'SelectorSet', 'Selector', (name) => name),
    options: readNamed(header, 'OptionSet', 'Option', (name) => name.toUpperCase()),
  };
  if (headers.messageId.length > 2048) throw invalid('The MessageID is longer than 2048 characters.');
  if (resourceUri === '') throw new WsmanFault('INVALID_RESOURCE_URI');
  return headers;
}

/** The MessageID alone, for the RelatesTo of a fault about the rest. */
export function messageIdOf(header: XmlElement | null): string | null {
  const text = header === null ? undefined : childText(header, ns.a, 'MessageID');
  return text === undefined || text === '' || text.length > 2048 ? null : text;
}

/** A whole answer to a request. */
export function encodeResponse(
  request: { action: string; messageId: string },
  messageId: string,
  body: readonly Markup[],
): string {
  return writeSoap(
    responseHeaders({ action: responseAction(request.action), messageId, relatesTo: request.messageId }),
    body,
  );
}

export function responseHeaders(headers: {
  action: string;
  messageId: string;
  relatesTo: string | null;
}): Markup[] {
  const list = [
    xml('a:To', {}, anonymousAddress),
    xml('a:Action', {}, headers.action),
    xml('a:MessageID', {}, headers.messageId),
  ];
  if (headers.relatesTo !== null) list.push(xml('a:RelatesTo', {}, headers.relatesTo));
  return list;
}

/** What an answer says that it belongs to. */
export function decodeResponseHeaders(header: XmlElement | null): {
  relatesTo: string | null;
  action: string | null;
} {
  if (header === null) return { relatesTo: null, action: null };
  return {
    relatesTo: childText(header, ns.a, 'RelatesTo') ?? null,
    action: childText(header, ns.a, 'Action') ?? null,
  };
}

const understood: ReadonlyMap<string, readonly string[]> = new Map([
  [ns.a, ['To', 'ReplyTo', 'Action', 'MessageID']],
  [ns.w, ['ResourceURI', 'MaxEnvelopeSize', 'OperationTimeout', 'SelectorSet', 'OptionSet']],
]);

/**
 * SOAP 1.2, 2.4: what must be understood and is not ends the message. A mustUnderstand without namespace, as pywinrm
 * and masterzen/winrm send it, means nothing.
 */
function refuseUnknown(header: XmlElement): void {
  for (const block of header.children) {
    if (!/^\s*(?:true|1)\s*$/.test(attribute(block, 'mustUnderstand', ns.s) ?? '')) continue;
    if (understood.get(block.uri)?.includes(block.local) === true) continue;
    throw new WsmanFault('UNSUPPORTED_FEATURE', block.local === 'Locale' ? { detail: 'Locale' } : {});
  }
}

function requiredText(header: XmlElement, local: string): string {
  const all = children(header, ns.a, local);
  const text = all[0]?.text.trim();
  if (text === undefined || text === '') throw required(local);
  if (all.length > 1) throw invalid(`The header ${local} is there ${all.length} times.`);
  return text;
}

function readMaxEnvelope(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,12}$/.test(text)) throw invalid('The MaxEnvelopeSize is not a number.');
  const bytes = Number(text);
  // MS-WSMV 3.1.4.1.5: fewer octets than these cannot hold even a fault.
  if (bytes < 8192) throw new WsmanFault('ENCODING_LIMIT', { detail: 'MinimumEnvelopeLimit' });
  return bytes;
}

function readTimeout(text: string | undefined): number | null {
  if (text === undefined) return null;
  const milliseconds = parseDuration(text);
  if (milliseconds === null) {
    throw invalid(`The XML contains an invalid timeout field in the SOAP header: ${text.slice(0, 64)}.`);
  }
  return milliseconds;
}

function readNamed(
  header: XmlElement,
  set: string,
  item: string,
  spell: (name: string) => string,
): Record<string, string> {
  const parent = child(header, ns.w, set);
  const items = parent === undefined ? [] : children(parent, ns.w, item);
  return Object.fromEntries(
    items.map((element) => {
      const name = attribute(element, 'Name');
      if (name === undefined) throw new WsmanFault('SCHEMA_VALIDATION_ERROR');
      return [spell(name), element.text];
    }),
  );
}

function required(header: string): WsmanFault {
  return new WsmanFault('MESSAGE_INFORMATION_HEADER_REQUIRED', {
    message: `The message must have the header ${header}.`,
  });
}

function invalid(message: string): WsmanFault {
  return new WsmanFault('INVALID_MESSAGE_INFORMATION_HEADER', { message });
}
