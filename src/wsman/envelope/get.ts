// Get: one instance by its keys. The request has no body, its selectors say which (MS-WSMV 3.1.4.1.29).
import { decodeProperties } from '../cim/decode.js';
import { encodeInstance } from '../cim/encode.js';
import type { CimInstance, WireProperties } from '../cim/value.js';
import type { XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import type { Markup } from '../xml/writer.js';

export function encodeGetResponse(instance: CimInstance): Markup {
  return encodeInstance(instance);
}

export function decodeGetResponse(soapBody: XmlElement): WireProperties {
  const [instance] = soapBody.children;
  if (instance === undefined) throw new XmlError('no instance');
  return decodeProperties(instance);
}
