// Invoke: a method of a class, `Method_INPUT` in, `Method_OUTPUT` out (DSP0230 section 7.3, MS-WSMV 3.1.4.1.10).
import { decodeProperties } from '../cim/decode.js';
import { encodeParameters } from '../cim/encode.js';
import type { CimValue, WireProperties } from '../cim/value.js';
import { WsmanFault } from '../fault.js';
import type { XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import type { Markup } from '../xml/writer.js';

type Parameters = Readonly<Record<string, CimValue>>;

export function encodeInvoke(classResource: string, method: string, input: Parameters): Markup {
  return encodeParameters(`${method}_INPUT`, classResource, input);
}

/** An empty body is a call without parameters. */
export function decodeInvoke(soapBody: XmlElement, method: string): WireProperties {
  const [input] = soapBody.children;
  if (input === undefined) return {};
  if (input.local.toLowerCase() !== `${method}_input`.toLowerCase()) {
    throw new WsmanFault('SCHEMA_VALIDATION_ERROR');
  }
  return decodeProperties(input);
}

export function encodeInvokeResponse(classResource: string, method: string, output: Parameters): Markup {
  return encodeParameters(`${method}_OUTPUT`, classResource, output);
}

export function decodeInvokeResponse(soapBody: XmlElement): WireProperties {
  const [output] = soapBody.children;
  if (output?.local.endsWith('_OUTPUT') !== true) throw new XmlError('no output of a method');
  return decodeProperties(output);
}
