// A host made of bytes: it reads requests as they are and answers whatever a test wants, well-formed or not.
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { connect, type ConnectOptions, type WsmanClient } from '../../../src/wsman/index.js';
import { afterwards, password, testCertificates, user } from '../rig.js';

export interface SeenRequest {
  /** Request line and headers. */
  head: string;
  body: Buffer;
}

export interface ByteHost {
  port: number;
  connections: () => number;
  /** All of all connections. */
  requests: readonly SeenRequest[];
  /** How often a password was proved: Basic, and NTLM's message of type 3. */
  proofs: () => number;
  client(more?: Partial<ConnectOptions>): WsmanClient;
}

export interface Conduct {
  /** A connection was made, TLS is done. */
  connected?: (socket: Socket) => void;
  /** `count` begins with 1 for each connection. */
  asked?: (socket: Socket, request: SeenRequest, count: number) => void;
}

/** With TLS the client uses Basic: one leg, so that each answer is one to a message. Without, NTLM. */
export async function byteHost(
  conduct: Conduct | NonNullable<Conduct['asked']>,
  { tls = true }: { tls?: boolean } = {},
): Promise<ByteHost> {
  const { connected, asked } = typeof conduct === 'function' ? { asked: conduct } : conduct;
  const { ca, cert, key } = await testCertificates();
  const requests: SeenRequest[] = [];
  let connections = 0;
  const speak = (socket: Socket): void => {
    connections += 1;
    connected?.(socket);
    let count = 0;
    readRequests(socket, (request) => {
      requests.push(request);
      count += 1;
      asked?.(socket, request, count);
    });
  };
  const server = tls ? createTlsServer({ cert, key }, speak) : createTcpServer(speak);
  const port = await listen(server);
  return {
    port,
    requests,
    connections: () => connections,
    proofs: () => requests.filter(isProof).length,
    client: (more) =>
      closing(
        connect({
          ...{ host: '127.0.0.1', port, scheme: tls ? 'https' : 'http', tls: { ca } },
          auth: { method: tls ? 'basic' : 'ntlm', user, password },
          ...more,
        }),
      ),
  };
}

export function closing(client: WsmanClient): WsmanClient {
  afterwards(() => {
    client.close();
  });
  return client;
}

/** On a free port of loopback, until the test is over. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket: Socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return (server.address() as AddressInfo).port;
}

function isProof({ head }: SeenRequest): boolean {
  const token = /^Authorization: Negotiate (\S+)/im.exec(head)?.[1];
  if (token === undefined) return /^Authorization: Basic /im.test(head);
  return Buffer.from(token, 'base64').readUInt32LE(8) === 3;
}

function readRequests(socket: Socket, take: (request: SeenRequest) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = rest.toString('latin1', 0, end);
      const whole = end + 4 + Number(/^Content-Length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (rest.length < whole) return;
      const body = Buffer.from(rest.subarray(end + 4, whole));
      rest = rest.subarray(whole);
      take({ head, body });
    }
  });
}
