// Files over HTTP on loopback, from memory.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FileServer {
  url(path: string): string;
  /** Settles when somebody asks for `/held`, which is never answered. */
  held: Promise<void>;
  close(): Promise<void>;
}

/** Paths with their leading slash. A text that begins with `redirect:` sends the client on. */
export async function serveFiles(files: Readonly<Record<string, string | Buffer>>): Promise<FileServer> {
  let whenHeld = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    whenHeld = resolve;
  });
  const server = createServer((request, response) => {
    if (request.url === '/held') {
      whenHeld();
      return;
    }
    const content = files[request.url ?? ''];
    if (content === undefined) {
      response.writeHead(404).end();
    } else if (typeof content === 'string' && content.startsWith('redirect:')) {
      response.writeHead(302, { location: content.slice('redirect:'.length) }).end();
    } else {
      response.writeHead(200, { 'last-modified': 'Tue, 01 Jan 2019 00:00:00 GMT' }).end(content);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    held,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
