// The few parts of a certificate's DER that Node's X509Certificate does not give: how many bytes the subject's name is,
// and the algorithm that it was signed with (RFC 5280, 4.1).

export interface CertificateParts {
  /** Length of the whole DER encoding of the subject's name. */
  subjectBytes: number;
  /** Object identifier, e.g. `1.2.840.113549.1.1.11`. */
  signatureAlgorithm: string;
}

interface Element {
  tag: number;
  content: Buffer;
  /** Of the whole element. */
  length: number;
}

const sequence = 0x30;
const objectIdentifier = 0x06;
/** [0], constructed: the version, which a certificate of version 1 leaves out. */
const explicitVersion = 0xa0;

/** Undefined for what is no certificate, or goes on behind its end. */
export function certificateParts(der: Buffer): CertificateParts | undefined {
  const whole = elementAt(der, 0);
  if (whole?.tag !== sequence || whole.length !== der.length) return undefined;
  const [body, algorithm] = elementsOf(whole.content);
  if (body?.tag !== sequence || algorithm?.tag !== sequence) return undefined;
  const fields = elementsOf(body.content);
  if (fields[0]?.tag === explicitVersion) fields.shift();
  // Serial number, algorithm, issuer, validity, subject.
  const subject = fields[4];
  const [identifier] = elementsOf(algorithm.content);
  if (subject?.tag !== sequence || identifier?.tag !== objectIdentifier) return undefined;
  // The longest that is in use has a dozen bytes.
  if (identifier.content.length > 64) return undefined;
  return { subjectBytes: subject.length, signatureAlgorithm: dotted(identifier.content) };
}

/** All elements up to the first that is broken. */
function elementsOf(bytes: Buffer): Element[] {
  const found: Element[] = [];
  let offset = 0;
  for (let next = elementAt(bytes, offset); next !== undefined; next = elementAt(bytes, offset)) {
    found.push(next);
    offset += next.length;
  }
  return found;
}

function elementAt(bytes: Buffer, offset: number): Element | undefined {
  const tag = bytes[offset];
  const short = bytes[offset + 1];
  if (tag === undefined || short === undefined) return undefined;
  const sizeBytes = short < 0x80 ? 0 : short & 0x7f;
  // 0x80 is a length that only the end shows, which DER has not; four bytes are more than any certificate needs.
  if (short === 0x80 || sizeBytes > 4 || offset + 2 + sizeBytes > bytes.length) return undefined;
  const size = sizeBytes === 0 ? short : bytes.readUIntBE(offset + 2, sizeBytes);
  const start = offset + 2 + sizeBytes;
  if (start + size > bytes.length) return undefined;
  return { tag, content: bytes.subarray(start, start + size), length: start + size - offset };
}

/** Base 128, most significant first; the first number holds two (X.690, 8.19). */
function dotted(content: Buffer): string {
  const numbers: bigint[] = [];
  let value = 0n;
  for (const byte of content) {
    value = value * 128n + BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(value);
    value = 0n;
  }
  const [first = 0n, ...rest] = numbers;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}
