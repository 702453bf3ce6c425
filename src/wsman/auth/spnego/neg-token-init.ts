// The first token of SPNEGO (RFC 4178, 4.2.1): what the client can do, best first, and a token for the first of them.
import { der, DerReader, readOnly, tag } from '../der.js';
import { SecurityError } from '../scheme.js';
import { spnego } from './mechanisms.js';

export interface NegTokenInit {
  /** Content octets of the identifiers, in hex. */
  mechTypes: readonly string[];
  /** The list as it stands in the token: the signature at the end is over these bytes. */
  mechTypeList: Buffer;
  mechToken: Buffer | null;
}

export function encodeNegTokenInit({ mechTypes, mechToken }: Omit<NegTokenInit, 'mechTypeList'>): Buffer {
  const token = mechToken === null ? [] : [der(tag.context(2), der(tag.octetString, mechToken))];
  return der(
    tag.application0,
    der(tag.oid, Buffer.from(spnego, 'hex')),
    der(tag.context(0), der(tag.sequence, der(tag.context(0), encodeMechTypeList(mechTypes)), ...token)),
  );
}

export function encodeMechTypeList(mechTypes: readonly string[]): Buffer {
  return der(tag.sequence, ...mechTypes.map((name) => der(tag.oid, Buffer.from(name, 'hex'))));
}

export function decodeNegTokenInit(bytes: Buffer): NegTokenInit {
  const outer = new DerReader(readOnly(bytes, tag.application0).content);
  if (outer.expect(tag.oid).content.toString('hex') !== spnego) {
    throw new SecurityError('a GSS token that is not SPNEGO');
  }
  const choice = outer.expect(tag.context(0)).content;
  outer.end();
  const fields = new DerReader(readOnly(choice, tag.sequence).content);
  const list = readOnly(fields.expect(tag.context(0)).content, tag.sequence);
  // reqFlags are of no use (RFC 4178, 4.2.1).
  fields.optional(tag.context(1));
  const token = fields.optional(tag.context(2));
  // Hints of a server (MS-SPNG 2.2.1), or a signature that nothing can be signed with yet.
  fields.optional(tag.context(3));
  fields.optional(tag.context(4));
  fields.end();
  return {
    mechTypes: readMechTypes(list.content),
    mechTypeList: list.whole,
    mechToken: token === null ? null : readOnly(token.content, tag.octetString).content,
  };
}

function readMechTypes(content: Buffer): string[] {
  const reader = new DerReader(content);
  const names: string[] = [];
  while (!reader.done) names.push(reader.expect(tag.oid).content.toString('hex'));
  return names;
}
