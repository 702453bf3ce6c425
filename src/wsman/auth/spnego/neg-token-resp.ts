// All later tokens of SPNEGO, of both sides (RFC 4178, 4.2.2).
import { der, DerReader, readOnly, tag, type DerElement } from '../der.js';
import { SecurityError } from '../scheme.js';

/** By their numbers on the wire. */
const states = ['accept-completed', 'accept-incomplete', 'reject', 'request-mic'] as const;

export type NegState = (typeof states)[number];

export interface NegTokenResp {
  state: NegState | null;
  /** Content octets of the identifier, in hex. In the first answer of a server. */
  supportedMech: string | null;
  responseToken: Buffer | null;
  mechListMic: Buffer | null;
}

export function encodeNegTokenResp(token: Partial<NegTokenResp>): Buffer {
  const { state, supportedMech, responseToken, mechListMic } = token;
  const fields: Buffer[] = [];
  if (state) fields.push(der(tag.context(0), der(tag.enumerated, Buffer.from([states.indexOf(state)]))));
  if (supportedMech) fields.push(der(tag.context(1), der(tag.oid, Buffer.from(supportedMech, 'hex'))));
  if (responseToken) fields.push(der(tag.context(2), der(tag.octetString, responseToken)));
  if (mechListMic) fields.push(der(tag.context(3), der(tag.octetString, mechListMic)));
  return der(tag.context(1), der(tag.sequence, ...fields));
}

export function decodeNegTokenResp(bytes: Buffer): NegTokenResp {
  const outer = readOnly(bytes, tag.context(1));
  const fields = new DerReader(readOnly(outer.content, tag.sequence).content);
  const state = fields.optional(tag.context(0));
  const supportedMech = fields.optional(tag.context(1));
  const responseToken = fields.optional(tag.context(2));
  const mechListMic = fields.optional(tag.context(3));
  fields.end();
  return {
    state: state === null ? null : readState(state),
    supportedMech: inside(supportedMech, tag.oid)?.toString('hex') ?? null,
    responseToken: inside(responseToken, tag.octetString),
    mechListMic: inside(mechListMic, tag.octetString),
  };
}

function inside(field: DerElement | null, wanted: number): Buffer | null {
  return field === null ? null : readOnly(field.content, wanted).content;
}

function readState(field: DerElement): NegState {
  const { content } = readOnly(field.content, tag.enumerated);
  const state = content.length === 1 ? states[content.readUInt8(0)] : undefined;
  if (state === undefined) throw new SecurityError('a SPNEGO token with an unknown state');
  return state;
}
