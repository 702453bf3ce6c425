// A web server that does as the test says, request by request.
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Asked {
  url: string;
  headers: IncomingHttpHeaders;
}

/** What one request gets. The last of a list answers all that come after it as well. */
export type Behaviour = (response: ServerResponse, asked: Asked) => void;

export interface UnrulyServer {
  url: (path: string) => string;
  asked: Asked[];
  /** What the requests from now on get, one after the other. */
  behave: (...behaviours: Behaviour[]) => void;
  close: () => Promise<void>;
}

export async function unrulyServer(tls?: { cert: string; key: string }): Promise<UnrulyServer> {
  let queue: Behaviour[] = [];
  const asked: Asked[] = [];
  const listener: RequestListener = (request, response) => {
    const one = { url: request.url ?? '', headers: request.headers };
    asked.push(one);
    const behaviour = queue.length > 1 ? queue.shift() : queue[0];
    behaviour?.(response, one);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${path}`,
    asked,
    behave: (...behaviours) => {
      queue = behaviours;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The whole file, as a decent server gives it. */
export function whole(content: Buffer, headers: Record<string, string> = {}): Behaviour {
  return (response) => {
    response.writeHead(200, { 'content-length': content.length, ...headers }).end(content);
  };
}

/** The file from where it is asked for, if the version is the one asked for; else the whole. */
export function ranged(content: Buffer, etag: string): Behaviour {
  return (response, { headers }) => {
    const start = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
    if (start === undefined || headers['if-range'] !== etag)
      whole(content, { etag })(response, { url: '', headers });
    else {
      const rest = content.subarray(Number(start));
      const range = `bytes ${start}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-length': rest.length, 'content-range': range, etag }).end(rest);
    }
  };
}

/** The head of the whole file and so many bytes of it; then the connection is gone. */
export function breaksOff(content: Buffer, after: number, headers: Record<string, string>): Behaviour {
  return (response) => {
    response.writeHead(200, { 'content-length': content.length, ...headers });
    response.write(content.subarray(0, after), () => {
      response.destroy();
    });
  };
}

export function leadsTo(location: string, status = 302): Behaviour {
  return (response) => {
    response.writeHead(status, { location }).end();
  };
}

export function says(status: number): Behaviour {
  return (response) => {
    response.writeHead(status).end();
  };
}
