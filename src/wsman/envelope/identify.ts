// Identify: who is there. No addressing headers, no action, an empty header (DSP0226 section 11, MS-WSMV 3.1.4.1.23).
import type { IdentifyAnswer } from '../handler.js';
import { ns, protocolVersion } from '../namespaces.js';
import { child, type XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import { xml } from '../xml/writer.js';
import { writeSoap, type SoapMessage } from './soap.js';

export interface Identity {
  productVendor: string;
  productVersion: string;
  protocolVersion: string;
}

export function encodeIdentify(): string {
  return writeSoap([], [xml('wsmid:Identify')]);
}

export function isIdentify(message: SoapMessage): boolean {
  return child(message.body, ns.wsmid, 'Identify') !== undefined;
}

const securityProfileBase = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/';

/** Windows gives security profiles, and the true version, to authenticated callers only (notes <71> to <73>). */
export function encodeIdentifyResponse(
  answer: IdentifyAnswer,
  authenticated: boolean,
  secure: boolean,
): string {
  const version = authenticated
    ? answer.productVersion
    : (answer.productVersionUnauthenticated ?? answer.productVersion);
  const profiles =
    authenticated && secure
      ? [
          xml(
            'wsmid:SecurityProfiles',
            {},
            xml('wsmid:SecurityProfileName', {}, `${securityProfileBase}https/basic`),
          ),
        ]
      : [];
  return writeSoap(
    [],
    [
      xml(
        'wsmid:IdentifyResponse',
        {},
        xml('wsmid:ProtocolVersion', {}, protocolVersion),
        xml('wsmid:ProductVendor', {}, answer.productVendor),
        xml('wsmid:ProductVersion', {}, version),
        profiles,
      ),
    ],
  );
}

/** By local name alone: OMI puts the answer into the SOAP namespace. */
export function decodeIdentifyResponse(body: XmlElement): Identity {
  const answer = byLocalName(body, 'IdentifyResponse');
  if (answer === undefined) throw new XmlError('no IdentifyResponse');
  const textOf = (local: string): string => byLocalName(answer, local)?.text.trim() ?? '';
  return {
    productVendor: textOf('ProductVendor'),
    productVersion: textOf('ProductVersion'),
    protocolVersion: textOf('ProtocolVersion'),
  };
}

function byLocalName(element: XmlElement, local: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.local === local);
}
