// Answers as HTTP.sys of Windows writes them: status lines without a reason, headers in the recorded order, lengths
// instead of chunks (a recording of a 2012 R2 host: 401 closes the connection, answers keep it).
import type { ServerResponse } from 'node:http';

const serverName = 'Microsoft-HTTPAPI/2.0';

/** A body as it goes out. */
export interface Outgoing {
  status: number;
  /** Null for an empty body. */
  contentType: string | null;
  bytes: Buffer;
}

export function wordless(status: number): Outgoing {
  return { status, contentType: null, bytes: Buffer.alloc(0) };
}

/** `mutual` is the WWW-Authenticate by which the server proves itself, too. */
export function send(
  response: ServerResponse,
  { status, contentType, bytes }: Outgoing,
  mutual: string | null = null,
): void {
  writeHead(response, status, [
    ...(mutual === null ? [] : ['WWW-Authenticate', mutual]),
    ...(contentType === null ? [] : ['Content-Type', contentType]),
    ...['Server', serverName, 'Date', new Date().toUTCString()],
    ...['Content-Length', String(bytes.length)],
  ]);
  response.end(bytes);
}

/** Byte for byte the recorded order. A challenge of a handshake comes first and keeps the connection. */
export function unauthorized(
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

export function refuse(response: ServerResponse, status: 404 | 405 | 413 | 500): void {
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
