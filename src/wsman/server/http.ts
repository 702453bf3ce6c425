// HTTP as HTTP.sys of Windows lets it in: which path, how large, who may pass, and what must be sealed.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gate, GateResult } from '../auth/gate.js';
import { SecurityError, type MessageSecurity } from '../auth/scheme.js';
import { collect } from '../collect.js';
import { encodeIdentifyResponse, isIdentify } from '../envelope/identify.js';
import { readSoap, type SoapMessage } from '../envelope/soap.js';
import { WsmanFault } from '../fault.js';
import { decodeSealedBody, encodeSealedBody } from '../sealed-body.js';
import { contentTypeOf, decodeBody, encodeBody, type BodyEncoding } from '../xml/encoding.js';
import { XmlError } from '../xml/reader.js';
import { refuse, send, unauthorized, wordless, type Outgoing } from './http-answer.js';
import { dispatch, faultAnswer, type Answer, type Dispatcher } from './dispatch.js';

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  gate: Gate;
  secure: boolean;
  dispatcher: Dispatcher;
}

/** Answers one request, whatever it is; an exception is a defect. */
export async function answerHttp(exchange: Exchange): Promise<void> {
  const { request, response, gate, dispatcher } = exchange;
  const path = request.url?.split('?')[0]?.toLowerCase();
  if (path !== '/wsman' || request.method !== 'POST') {
    refuse(response, path === '/wsman' ? 405 : 404);
    return;
  }
  const bytes = await readBody(request, dispatcher.limits.maxEnvelopeBytes);
  if (bytes === 'too large') refuse(response, 413);
  if (!Buffer.isBuffer(bytes)) return;

  if (asksAnonymously(request)) {
    const message = readMessage(bytes);
    if (message.kind === 'soap' && isIdentify(message.soap)) {
      send(response, plainBody(message.encoding, identify(exchange, false)));
      return;
    }
  }
  const entrance = await gate.admit(request.headers.authorization);
  if (entrance.admitted) await answerKnown(exchange, bytes, entrance);
  else unauthorized(response, entrance);
}

type Entrance = Extract<GateResult, { admitted: true }>;

/**
 * Without TLS the body must be sealed (AllowUnencrypted=false, recorded on 2012 R2): a plain one is a 401 on the leg
 * that authenticates, and afterwards a 500 without a word. What cannot be unsealed ends the connection, as both sides
 * would count messages differently from there on. An empty body that is no leg is not sealed either: 401, without
 * which masterzen/winrm's Encryption, which sends one before each message to log in again, would not work (medium).
 */
async function answerKnown(exchange: Exchange, bytes: Buffer, entrance: Entrance): Promise<void> {
  const { request, response, gate, secure } = exchange;
  const { security, mutual, isLeg, user } = entrance;
  // The last leg of a multi-leg scheme may come without a body: it is answered by an empty 200.
  if (bytes.length === 0) {
    if (secure || isLeg) send(response, wordless(200), mutual);
    else unauthorized(response, gate.refuse());
    return;
  }
  const contentType = request.headers['content-type'] ?? '';
  if (!isSealed(contentType)) {
    if (secure) send(response, await answerPlain(exchange, bytes, user), mutual);
    else if (isLeg) unauthorized(response, gate.refuse());
    else send(response, wordless(500));
    return;
  }
  const opened = unseal(contentType, bytes, security);
  if (opened === null || security === null) {
    refuse(response, 500);
    return;
  }
  const answer = await answerPlain(exchange, opened, user);
  send(response, answer.bytes.length === 0 ? answer : seal(answer, security), mutual);
}

async function answerPlain(exchange: Exchange, bytes: Buffer, user: string): Promise<Outgoing> {
  const message = readMessage(bytes);
  if (message.kind === 'unreadable') {
    const fault = new WsmanFault('SCHEMA_VALIDATION_ERROR', { message: message.why });
    return plainBody('utf-8', faultAnswer(fault, null));
  }
  if (isIdentify(message.soap)) return plainBody(message.encoding, identify(exchange, true));
  const caller = { user, address: exchange.request.socket.remoteAddress ?? '' };
  return plainBody(message.encoding, await dispatch(exchange.dispatcher, message.soap, caller));
}

function plainBody(encoding: BodyEncoding, { status, text }: Answer): Outgoing {
  return { status, contentType: contentTypeOf(encoding), bytes: encodeBody(text, encoding) };
}

function isSealed(contentType: string): boolean {
  return /^\s*multipart\/encrypted\b/i.test(contentType);
}

/** Null for what is not sealed by the one who authenticated this connection. */
function unseal(contentType: string, bytes: Buffer, security: MessageSecurity | null): Buffer | null {
  if (security === null) return null;
  try {
    const { message, plainLength } = decodeSealedBody(contentType, bytes);
    const plain = security.unseal(message);
    return plain.length === plainLength ? plain : null;
  } catch (error) {
    if (error instanceof SecurityError) return null;
    throw error;
  }
}

function seal({ status, contentType, bytes }: Outgoing, security: MessageSecurity): Outgoing {
  const about = {
    protocol: security.protocol,
    originalType: contentType ?? '',
    plainLength: bytes.length,
  };
  return { status, ...encodeSealedBody(security.seal(bytes), about) };
}

function asksAnonymously(request: IncomingMessage): boolean {
  return request.headers['wsmanidentify']?.toString().trim().toLowerCase() === 'unauthenticated';
}

function identify({ dispatcher, secure }: Exchange, authenticated: boolean): Answer {
  const answer = dispatcher.handler.identify();
  return { status: 200, text: encodeIdentifyResponse(answer, authenticated, secure) };
}

type Message =
  { kind: 'soap'; soap: SoapMessage; encoding: BodyEncoding } | { kind: 'unreadable'; why: string };

function readMessage(bytes: Buffer): Message {
  try {
    const { text, encoding } = decodeBody(bytes);
    return { kind: 'soap', soap: readSoap(text), encoding };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { kind: 'unreadable', why: `The XML cannot be read: ${error.message}.` };
  }
}

async function readBody(
  request: IncomingMessage,
  maximumBytes: number,
): Promise<Buffer | 'too large' | 'broken off'> {
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) return 'too large';
  try {
    // Not destroyed on return: the socket still has to carry the refusal.
    const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    return (await collect(pieces, maximumBytes)) ?? 'too large';
  } catch {
    // The client went away in the middle of its request: there is nobody to answer.
    return 'broken off';
  }
}
