// The form in which sealed messages travel (MS-WSMV 2.2.9.1). It looks like MIME and is not: one fixed boundary, part
// headers behind a tab, octets directly behind a header line, and no line end between them and the boundary.
import { SecurityError, type SealedMessage } from './auth/scheme.js';

export interface SealedBody {
  message: SealedMessage;
  /** What was sealed, e.g. `application/soap+xml;charset=UTF-8`. */
  originalType: string;
  /** Of the plain text, in bytes: who opens it has to compare. */
  plainLength: number;
  /** Whose protection it is, e.g. `application/HTTP-SPNEGO-session-encrypted`. */
  protocol: string;
}

const closing = '--Encrypted Boundary--\r\n';
/** The form of Exchange and of an example in MS-WSMV 4.5. */
const looseClosing = '-- Encrypted Boundary--\r\n';

export interface SealedBodyOptions {
  protocol: string;
  originalType?: string;
  plainLength: number;
}

export function encodeSealedBody(
  { header, sealed }: SealedMessage,
  options: SealedBodyOptions,
): { contentType: string; bytes: Buffer } {
  const { protocol, originalType = 'application/soap+xml;charset=UTF-8', plainLength } = options;
  const head =
    '--Encrypted Boundary\r\n' +
    `\tContent-Type: ${protocol}\r\n` +
    `\tOriginalContent: type=${originalType};Length=${plainLength}\r\n` +
    '--Encrypted Boundary\r\n' +
    '\tContent-Type: application/octet-stream\r\n';
  const headerLength = Buffer.alloc(4);
  headerLength.writeUInt32LE(header.length);
  return {
    contentType: `multipart/encrypted;protocol="${protocol}";boundary="Encrypted Boundary"`,
    bytes: Buffer.concat([latin1(head), headerLength, header, sealed, latin1(closing)]),
  };
}

/** Is this the Content-Type of a sealed body? */
export function isSealedBody(contentType: string): boolean {
  return /^\s*multipart\/encrypted\s*(?:;|$)/i.test(contentType);
}

/** Throws SecurityError for whatever has not this form to the byte. */
export function decodeSealedBody(contentType: string, bytes: Buffer): SealedBody {
  const protocol = protocolOf(contentType);
  const { headEnd, partType, originalType, plainLength } = readHead(bytes);
  if (partType.toLowerCase() !== protocol.toLowerCase()) {
    throw new SecurityError('a sealed body whose parts disagree about its protocol');
  }
  const octets = bytes.subarray(headEnd, closingStart(bytes));
  if (octets.length < 4) throw new SecurityError('a sealed body without a header');
  const headerLength = octets.readUInt32LE(0);
  if (headerLength > octets.length - 4)
    throw new SecurityError('a sealed body that is shorter than its header');
  const message = { header: octets.subarray(4, 4 + headerLength), sealed: octets.subarray(4 + headerLength) };
  // Sealing never shortens: a length beyond the octets can only be a lie.
  if (plainLength > message.sealed.length)
    throw new SecurityError('a sealed body that is shorter than its content');
  return { message, originalType, plainLength, protocol };
}

function protocolOf(contentType: string): string {
  if (!isSealedBody(contentType)) throw new SecurityError('a body that is not sealed');
  const parameters = contentType.slice(0, 500).split(';').slice(1);
  for (const parameter of parameters) {
    const found = /^\s*protocol\s*=\s*"?([\w./+-]+)"?\s*$/i.exec(parameter)?.[1];
    if (found !== undefined) return found;
  }
  throw new SecurityError('a sealed body that does not say by which protocol');
}

const boundary = String.raw`-- ?Encrypted Boundary\r\n`;
/** Windows takes part headers without their tab, as some clients write them. */
const headForm = new RegExp(
  `^${boundary}` +
    String.raw`[\t ]*Content-Type:[\t ]*([^\r\n]+)\r\n` +
    String.raw`[\t ]*OriginalContent:[\t ]*type=([^\r\n]+);[\t ]*Length=(\d{1,15})\r\n` +
    boundary +
    String.raw`[\t ]*Content-Type:[\t ]*application/octet-stream\r\n`,
  'i',
);
/** Far above any head, and enough to bound the search. */
const longestHead = 1024;

function readHead(bytes: Buffer): {
  headEnd: number;
  partType: string;
  originalType: string;
  plainLength: number;
} {
  const found = headForm.exec(bytes.toString('latin1', 0, longestHead));
  const [whole, partType, originalType, length] = found ?? [];
  if (whole === undefined || partType === undefined || originalType === undefined) {
    throw new SecurityError('a sealed body without its heads');
  }
  return { headEnd: whole.length, partType, originalType, plainLength: Number(length) };
}

/** Cut from the end: the octets may hold anything, a boundary too. */
function closingStart(bytes: Buffer): number {
  for (const form of [closing, looseClosing]) {
    const start = bytes.length - form.length;
    if (start >= 0 && bytes.toString('latin1', start) === form) return start;
  }
  throw new SecurityError('a sealed body without its end');
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
