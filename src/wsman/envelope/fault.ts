// SOAP faults with Windows' detail (MS-WSMV 2.2.4.43, 3.1.4.1.29.2). Reading takes all three recorded forms: a plain
// WSManFault; one that holds a provider's fault; and MSFT_WmiError alone (2012 and later).
import { faultAction, faultDetailBase } from '../actions.js';
import { innermostCode, type FaultFacts, type ProviderFault } from '../fault.js';
import { ns } from '../namespaces.js';
import { attribute, child, childText, resolveQName, type XmlElement } from '../xml/element.js';
import { xml, type Markup } from '../xml/writer.js';
import { responseHeaders } from './headers.js';
import { writeSoap } from './soap.js';
import { readExtendedStatus, readFaultCode, readWmiError, type WmiError } from './wmi-error.js';

/** A whole answer. `relatesTo` is null when the request could not be read that far. */
export function encodeFault(facts: FaultFacts, messageId: string, relatesTo: string | null): string {
  const header = responseHeaders({ action: faultAction(facts.subcode), messageId, relatesTo });
  const subcode = facts.subcode === null ? [] : [xml('s:Subcode', {}, xml('s:Value', {}, facts.subcode))];
  const fault = xml(
    's:Fault',
    {},
    xml('s:Code', {}, xml('s:Value', {}, `s:${facts.origin}`), subcode),
    xml('s:Reason', {}, xml('s:Text', { 'xml:lang': 'en-US' }, facts.message)),
    xml('s:Detail', {}, encodeDetail(facts)),
  );
  return writeSoap(header, [fault]);
}

function encodeDetail(facts: FaultFacts): Markup[] {
  const list: Markup[] = [];
  if (facts.detail !== null) list.push(xml('w:FaultDetail', {}, `${faultDetailBase}${facts.detail}`));
  if (facts.code !== null) {
    const inner = facts.provider === null ? facts.message : encodeProvider(facts.provider);
    list.push(wsmanFault(facts.code, inner));
  }
  return list;
}

function encodeProvider(fault: ProviderFault): Markup {
  const inner = fault.code === null ? fault.message : wsmanFault(fault.code, fault.message);
  return xml('f:ProviderFault', { provider: fault.provider, path: fault.path }, inner);
}

function wsmanFault(code: number, content: Markup | string): Markup {
  return xml('f:WSManFault', { Code: String(code), Machine: '' }, xml('f:Message', {}, content));
}

/** The fault of a message's body; null when it is no fault. */
export function decodeFault(soapBody: XmlElement): FaultFacts | null {
  const fault = child(soapBody, ns.s, 'Fault');
  if (fault === undefined) return null;
  const code = child(fault, ns.s, 'Code');
  const detail = child(fault, ns.s, 'Detail');
  const reason = child(fault, ns.s, 'Reason');
  const reasonText = reason === undefined ? undefined : childText(reason, ns.s, 'Text');
  const windows = readWsmanFault(detail) ?? withoutProvider(readWmiError(detail));
  const faultDetail = detail === undefined ? undefined : childText(detail, ns.w, 'FaultDetail');
  return {
    origin: code !== undefined && childText(code, ns.s, 'Value')?.endsWith('Sender') ? 'Sender' : 'Receiver',
    subcode: code === undefined ? null : readSubcode(code),
    code: windows?.code ?? null,
    message: firstText(reasonText, windows?.message),
    detail: faultDetail?.split('/').at(-1) ?? null,
    provider: windows?.provider ?? null,
  };
}

/** What is said most precisely: the provider's text where there is one. */
export function faultText(facts: FaultFacts): string {
  return firstText(facts.provider?.message, facts.message, `code ${innermostCode(facts) ?? 'unknown'}`);
}

interface WindowsFault {
  code: number | null;
  message: string;
  provider: ProviderFault | null;
}

function readWsmanFault(detail: XmlElement | undefined): WindowsFault | null {
  const fault = detail === undefined ? undefined : child(detail, ns.f, 'WSManFault');
  if (fault === undefined) return null;
  const message = child(fault, ns.f, 'Message');
  const provider = message === undefined ? undefined : child(message, ns.f, 'ProviderFault');
  return {
    code: readFaultCode(attribute(fault, 'Code')?.trim()),
    message: message?.text.trim() ?? '',
    provider: provider === undefined ? null : readProvider(provider),
  };
}

function withoutProvider(error: WmiError | null): WindowsFault | null {
  return error === null ? null : { ...error, provider: null };
}

function readProvider(element: XmlElement): ProviderFault {
  const inner = readWsmanFault(element) ?? withoutProvider(readWmiError(element));
  const wrapped = inner?.provider;
  return {
    provider: attribute(element, 'provider')?.trim() ?? '',
    path: attribute(element, 'path') ?? '',
    // A provider may wrap another one: the innermost number counts.
    code: wrapped?.code ?? readExtendedStatus(element) ?? inner?.code ?? null,
    message: firstText(wrapped?.message, inner?.message, element.text.trim()),
  };
}

function readSubcode(code: XmlElement): string | null {
  const subcode = child(code, ns.s, 'Subcode');
  const value = subcode === undefined ? undefined : child(subcode, ns.s, 'Value');
  const name = value === undefined ? null : resolveQName(value, value.text.trim());
  if (name === null) return null;
  const prefix = Object.entries(ns).find(([, uri]) => uri === name.uri)?.[0];
  return prefix === undefined ? null : `${prefix}:${name.local}`;
}

function firstText(...texts: (string | undefined)[]): string {
  return texts.find((text) => text !== undefined && text !== '') ?? '';
}
