// Raw HTTP against a server under test: for what our own client never sends.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface RawAnswer {
  status: number;
  reason: string;
  /** Names and values in the order of the wire. */
  rawHeaders: string[];
  bytes: Buffer;
  text: string;
}

export interface RawRequest {
  port: number;
  /** Absent: plain HTTP. */
  ca?: string;
  body?: string | Buffer;
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** Without a length before the body. */
  chunked?: boolean;
}

export function basic(user: string, password: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

export function post({
  port,
  ca,
  body = '',
  method = 'POST',
  path = '/wsman',
  headers = {},
  chunked = false,
}: RawRequest): Promise<RawAnswer> {
  const start = ca === undefined ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const request = start({
      ...{ host: '127.0.0.1', port, method, path, agent: false },
      ...(ca === undefined ? {} : { ca }),
      headers: {
        ...(chunked
          ? { 'Transfer-Encoding': 'chunked' }
          : { 'Content-Length': String(Buffer.byteLength(body)) }),
        ...headers,
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(pieces);
        resolve({
          bytes,
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? '',
          rawHeaders: response.rawHeaders,
          text: bytes.toString('utf8'),
        });
      });
    });
    request.end(body);
  });
}
