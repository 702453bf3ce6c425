// The body of a message as the other side reads it.
import { readSoap, writeSoap } from '../../../src/wsman/envelope/soap.js';
import type { XmlElement } from '../../../src/wsman/xml/element.js';
import { Markup } from '../../../src/wsman/xml/writer.js';

export function bodyOf(...content: Markup[]): XmlElement {
  return readSoap(writeSoap([], content)).body;
}

/** A body written by hand, with the usual prefixes bound. */
export function bodyOfText(text: string): XmlElement {
  return bodyOf(new Markup(text));
}
