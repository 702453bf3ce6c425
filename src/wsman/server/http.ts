// HTTP as HTTP.sys of Windows speaks it: status lines without a reason, headers in the recorded order, lengths instead
// of chunks, and who may pass (a recording of a 2012 R2 host: 401 closes the connection, answers keep it).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gate } from '../auth/gate.js';
import { encodeIdentifyResponse, isIdentify } from '../envelope/identify.js';
import { readSoap, type SoapMessage } from '../envelope/soap.js';
import { WsmanFault } from '../fault.js';
import { contentTypeOf, decodeBody, encodeBody, type BodyEncoding } from '../xml/encoding.js';
import { XmlError } from '../xml/reader.js';
import { dispatch, faultAnswer, type Answer, type Dispatcher } from './dispatch.js';

const serverName = 'Microsoft-HTTPAPI/2.0';

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

  const message = readMessage(bytes);
  if (asksAnonymously(request) && message.kind === 'soap' && isIdentify(message.soap)) {
    send(response, message.encoding, identify(exchange, false));
    return;
  }
  const entrance = await gate.admit(request.headers.authorization);
  if (entrance.admitted) {
    send(response, message.encoding, await answerMessage(exchange, message, entrance.user));
  } else {
    unauthorized(response, entrance);
  }
}

async function answerMessage(exchange: Exchange, message: Message, user: string): Promise<Answer> {
  // The last leg of a multi-leg scheme may come without a body: it is answered by an empty 200.
  if (message.kind === 'empty') return { status: 200, text: '' };
  if (message.kind === 'unreadable') {
    return faultAnswer(new WsmanFault('SCHEMA_VALIDATION_ERROR', { message: message.why }), null);
  }
  if (isIdentify(message.soap)) return identify(exchange, true);
  const caller = { user, address: exchange.request.socket.remoteAddress ?? '' };
  return dispatch(exchange.dispatcher, message.soap, caller);
}

function asksAnonymously(request: IncomingMessage): boolean {
  return request.headers['wsmanidentify']?.toString().trim().toLowerCase() === 'unauthenticated';
}

function identify({ dispatcher, secure }: Exchange, authenticated: boolean): Answer {
  const answer = dispatcher.handler.identify();
  return { status: 200, text: encodeIdentifyResponse(answer, authenticated, secure) };
}

type Message =
  | { kind: 'soap'; soap: SoapMessage; encoding: BodyEncoding }
  | { kind: 'unreadable'; why: string; encoding: 'utf-8' }
  | { kind: 'empty'; encoding: 'utf-8' };

function readMessage(bytes: Buffer): Message {
  if (bytes.length === 0) return { kind: 'empty', encoding: 'utf-8' };
  try {
    const { text, encoding } = decodeBody(bytes);
    return { kind: 'soap', soap: readSoap(text), encoding };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { kind: 'unreadable', why: `The XML cannot be read: ${error.message}.`, encoding: 'utf-8' };
  }
}

async function readBody(
  request: IncomingMessage,
  maximumBytes: number,
): Promise<Buffer | 'too large' | 'broken off'> {
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) return 'too large';
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    // Not destroyed on return: the socket still has to carry the refusal.
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > maximumBytes) return 'too large';
      pieces.push(piece);
    }
  } catch {
    // The client went away in the middle of its request: there is nobody to answer.
    return 'broken off';
  }
  return Buffer.concat(pieces);
}

function send(response: ServerResponse, encoding: BodyEncoding, { status, text }: Answer): void {
  const bytes = text === '' ? Buffer.alloc(0) : encodeBody(text, encoding);
  writeHead(response, status, [
    ...(bytes.length === 0 ? [] : ['Content-Type', contentTypeOf(encoding)]),
    ...['Server', serverName, 'Date', new Date().toUTCString()],
    ...['Content-Length', String(bytes.length)],
  ]);
  response.end(bytes);
}

/** Byte for byte the recorded order. A challenge of a handshake comes first and keeps the connection. */
function unauthorized(
  response: ServerResponse,
  { offers, inHandshake }: { offers: readonly string[]; inHandshake: boolean },
): void {
  const offer = offers.flatMap((text) => ['WWW-Authenticate', text]);
  const named = ['Server', serverName];
  writeHead(response, 401, [
    ...(inHandshake ? [...offer, ...named] : [...named, ...offer]),
    ...['Date', new Date().toUTCString()],
    ...(inHandshake ? [] : ['Connection', 'close']),
    ...['Content-Length', '0'],
  ]);
  response.end();
}

function refuse(response: ServerResponse, status: 404 | 405 | 413): void {
  writeHead(response, status, [
    ...['Server', serverName, 'Date', new Date().toUTCString()],
    ...['Connection', 'close', 'Content-Length', '0'],
  ]);
  // What is left of the request is not read: the connection goes as soon as the answer is out.
  response.end(() => {
    response.req.socket.destroySoon();
  });
}

/** An array keeps order and repeats; the empty reason is Windows'. */
function writeHead(response: ServerResponse, status: number, headers: string[]): void {
  response.sendDate = false;
  // Windows names no keep-alive; Node then adds none either, and still keeps the connection.
  response.removeHeader('Connection');
  response.writeHead(status, '', headers);
}
