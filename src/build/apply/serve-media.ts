// Serves the files of one run to the machine that they are installed on, and to nobody who does not know the address: its
// first part is 128 random bits. Only the files that were named are there; no folder is ever looked into. What arrives is
// checked by its SHA-256 on the machine, so that plain HTTP is enough.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { fail } from '../../errors/index.js';
import { networkReason } from '../../util/index.js';

/** A file of this host, or a text. */
export type ServedFile = { path: string } | { text: string };

export interface ServeOptions {
  /** By path with forward slashes. */
  files: ReadonlyMap<string, ServedFile>;
  /** An address of this host, without brackets. */
  address: string;
  /** 0: any that is free. */
  port: number;
}

export interface MediaServer {
  /** `address:port`, for people. */
  at: string;
  /** What no log should hold: whoever knows it can fetch the files. */
  secret: string;
  /** Without a slash at its end; below it the files lie by their paths. */
  url: string;
  /** Breaks off what is being fetched. */
  close: () => Promise<void>;
}

/** One machine fetches, one file at a time. */
const mostConnections = 16;

/** Throws E_APPLY_SERVE. */
export async function serveMedia({ files, address, port }: ServeOptions): Promise<MediaServer> {
  const secret = randomBytes(16).toString('hex');
  const byPath = new Map([...files].map(([path, file]) => [`/${secret}/${path}`, file]));
  const server = createServer((request, response) => {
    void answer(byPath, request, response);
  });
  server.maxConnections = mostConnections;
  server.headersTimeout = 15_000;
  await listen(server, address, port);
  const { port: taken } = server.address() as AddressInfo;
  const at = `${address.includes(':') ? `[${address}]` : address}:${taken}`;
  return {
    at,
    secret,
    url: `http://${at}/${secret}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, address: string, port: number): Promise<void> {
  try {
    server.listen(port, address);
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const at = port === 0 ? address : `${address} port ${port}`;
    throw fail('E_APPLY_SERVE', { address: at, reason: listenReason(code) ?? message }, { cause: error });
  }
}

function listenReason(code: string | undefined): string | undefined {
  if (code === 'EADDRNOTAVAIL') return 'it is no address of this host';
  if (code === 'EADDRINUSE') return 'the port is taken';
  if (code === 'EACCES') return 'the port is only for root';
  return networkReason(code);
}

async function answer(
  files: ReadonlyMap<string, ServedFile>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { method, url = '' } = request;
    // Of a request with a body nothing is read.
    request.resume();
    if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Length': 0 }).end();
      return;
    }
    const file = files.get(decoded(url));
    if (file === undefined) response.writeHead(404, { 'Content-Length': 0 }).end();
    else await send(file, method, response);
  } catch {
    // The machine has gone, or the file: the task that fetches says so, and no more can be said from here.
    response.destroy();
  }
}

/** A client may write a path with more or fewer escapes than its address had. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return '';
  }
}

async function send(file: ServedFile, method: string, response: ServerResponse): Promise<void> {
  const head = (sizeBytes: number): void => {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': sizeBytes });
  };
  if ('text' in file) {
    head(Buffer.byteLength(file.text));
    response.end(method === 'HEAD' ? undefined : file.text);
    return;
  }
  const handle = await open(file.path, 'r');
  try {
    const { size } = await handle.stat();
    head(size);
    if (method === 'HEAD') response.end();
    // What is appended meanwhile would break the length that was told.
    else if (size === 0) response.end();
    else await pipeline(handle.createReadStream({ end: size - 1, autoClose: false }), response);
  } finally {
    await handle.close();
  }
}
