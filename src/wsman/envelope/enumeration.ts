// Enumerate, Pull, Release (DSP0226 section 8, MS-WSMV 3.1.4.1.13 to 3.1.4.1.17).
// Two traps of the schema: MaxElements is in the namespace w inside Enumerate and in n inside Pull; Items and
// EndOfSequence are in w inside EnumerateResponse and in n inside PullResponse.
import { WsmanFault } from '../fault.js';
import { ns, wqlDialect } from '../namespaces.js';
import { attribute, child, childText, type XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import { xml, type Markup } from '../xml/writer.js';

export interface EnumerateBody {
  /** Items already in the first answer. */
  optimize: boolean;
  maxElements: number;
  wql: string | null;
}

export interface PullBody {
  context: string;
  maxElements: number;
}

/** One page: the context to pull the next one by, or null after the last. */
export interface Page {
  items: readonly XmlElement[];
  context: string | null;
}

export function encodeEnumerate(body: EnumerateBody): Markup {
  const filter = body.wql === null ? [] : [xml('w:Filter', { Dialect: wqlDialect }, body.wql)];
  return xml(
    'n:Enumerate',
    {},
    body.optimize ? [xml('w:OptimizeEnumeration')] : [],
    xml('w:MaxElements', {}, String(body.maxElements)),
    filter,
  );
}

export function decodeEnumerate(soapBody: XmlElement): EnumerateBody {
  const body = child(soapBody, ns.n, 'Enumerate');
  if (body === undefined) throw new WsmanFault('SCHEMA_VALIDATION_ERROR');
  const mode = childText(body, ns.w, 'EnumerationMode');
  if (mode !== undefined && mode !== '') {
    throw new WsmanFault('UNSUPPORTED_FEATURE', { detail: 'EnumerationMode' });
  }
  return {
    optimize: child(body, ns.w, 'OptimizeEnumeration') !== undefined,
    maxElements: readMaxElements(childText(body, ns.w, 'MaxElements')),
    wql: readFilter(child(body, ns.w, 'Filter') ?? child(body, ns.n, 'Filter')),
  };
}

/** An empty context element goes with the end of the sequence (recorded on 2008 and 2012). */
export function encodeEnumerateResponse(page: {
  items: readonly Markup[] | null;
  context: string | null;
}): Markup {
  return xml(
    'n:EnumerateResponse',
    {},
    xml('n:EnumerationContext', {}, page.context ?? ''),
    page.items === null ? [] : [xml('w:Items', {}, page.items)],
    page.context === null ? [xml('w:EndOfSequence')] : [],
  );
}

export function encodePull(body: PullBody): Markup {
  return xml(
    'n:Pull',
    {},
    xml('n:EnumerationContext', {}, body.context),
    xml('n:MaxElements', {}, String(body.maxElements)),
  );
}

export function decodePull(soapBody: XmlElement): PullBody {
  const body = child(soapBody, ns.n, 'Pull');
  const context = body === undefined ? undefined : childText(body, ns.n, 'EnumerationContext');
  if (body === undefined || context === undefined) throw new WsmanFault('SCHEMA_VALIDATION_ERROR');
  return { context, maxElements: readMaxElements(childText(body, ns.n, 'MaxElements')) };
}

/** The last page has no context. */
export function encodePullResponse(page: { items: readonly Markup[]; context: string | null }): Markup {
  return xml(
    'n:PullResponse',
    {},
    page.context === null ? [] : [xml('n:EnumerationContext', {}, page.context)],
    xml('n:Items', {}, page.items),
    page.context === null ? [xml('n:EndOfSequence')] : [],
  );
}

/** The answer of Enumerate or of Pull, found by local names: servers disagree about the namespaces. */
export function decodePage(soapBody: XmlElement): Page {
  const answer = soapBody.children.find(
    ({ local }) => local === 'EnumerateResponse' || local === 'PullResponse',
  );
  if (answer === undefined) throw new XmlError('no EnumerateResponse or PullResponse');
  const part = (local: string): XmlElement | undefined =>
    answer.children.find((element) => element.local === local);
  const items = part('Items')?.children ?? [];
  if (part('EndOfSequence') !== undefined) return { items, context: null };
  const context = part('EnumerationContext')?.text.trim() ?? '';
  if (context === '') throw new XmlError('neither an enumeration context nor an end of the sequence');
  return { items, context };
}

export function encodeRelease(context: string): Markup {
  return xml('n:Release', {}, xml('n:EnumerationContext', {}, context));
}

export function decodeRelease(soapBody: XmlElement): string {
  const body = child(soapBody, ns.n, 'Release');
  const context = body === undefined ? undefined : childText(body, ns.n, 'EnumerationContext');
  if (context === undefined) throw new WsmanFault('SCHEMA_VALIDATION_ERROR');
  return context;
}

/** DSP0226 8.2.3: without MaxElements it is one. */
function readMaxElements(text: string | undefined): number {
  if (text === undefined) return 1;
  if (!/^\d{1,10}$/.test(text) || Number(text) === 0) throw new WsmanFault('SCHEMA_VALIDATION_ERROR');
  return Number(text);
}

function readFilter(filter: XmlElement | undefined): string | null {
  if (filter === undefined) return null;
  if (attribute(filter, 'Dialect')?.toLowerCase() !== wqlDialect.toLowerCase()) {
    throw new WsmanFault('FILTER_DIALECT_UNAVAILABLE');
  }
  return filter.text.trim();
}
