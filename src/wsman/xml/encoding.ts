// Bytes of a body to text and back. WS-Management is UTF-8, or UTF-16 with a byte order mark: the native Windows
// client sends the latter, and a server answers in the encoding of the request (MS-WSMV 2.1).
import { XmlError } from './reader.js';

export type BodyEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export function decodeBody(bytes: Uint8Array): { text: string; encoding: BodyEncoding } {
  const encoding = encodingOf(bytes);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    throw new XmlError(`the bytes are not ${encoding.toUpperCase()}`);
  }
}

export function encodeBody(text: string, encoding: BodyEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

export function contentTypeOf(encoding: BodyEncoding): string {
  return `application/soap+xml;charset=${encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'}`;
}

function encodingOf(bytes: Uint8Array): BodyEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
