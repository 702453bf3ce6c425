// Everything that may answer at the address of a guest that is being waited for, over real sockets. Each of them
// remembers what it was sent, so that a test can say where the password did not go.
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import {
  connect as connectTcp,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { afterEach, before } from 'mocha';
import {
  basicServer,
  createWsmanServer,
  type ServerScheme,
  type WsmanHandler,
  type WsmanServer,
} from '../../src/wsman/index.js';
import { makeCertificates, type TestCertificates } from '../wsman/certificates.js';

export const user = 'Administrator';
export const password = "this build's own";
const authorization = Buffer.from(`${user}:${password}`).toString('base64');

export interface Listener {
  port: number;
  connections: number;
  /** More than one: they overlapped. */
  mostAtOnce: number;
  /** All that came, decrypted where it could be. */
  received: () => string;
  close: () => Promise<void>;
}

export interface Guest {
  port: number;
  server: WsmanServer;
  /** Passwords that were looked at. */
  tries: number;
}

export interface GuestOptions {
  vendor?: string;
  password?: string;
  schemes?: ServerScheme[];
  enumerate?: WsmanHandler['enumerate'];
  port?: number;
}

export interface GuestHosts {
  /** This build's. */
  readonly ours: TestCertificates;
  readonly others: TestCertificates;
  /** Nobody listens there. */
  closedPort(): Promise<number>;
  /** Takes connections and does with them what it is told, by default nothing. */
  tcp(onSocket?: (socket: Socket) => void): Promise<Listener>;
  /** Answers 200 without a word to whatever comes, or nothing at all. */
  https(
    certificates: TestCertificates,
    more?: { tls?: ServerOptions; port?: number; silent?: boolean },
  ): Promise<Listener>;
  http(): Promise<Listener>;
  guest(options?: GuestOptions): Promise<Guest>;
}

/** Call it inside `describe`; what a test opened is closed after it. */
export function guestHosts(): GuestHosts {
  let ours: TestCertificates;
  let others: TestCertificates;
  const closing: (() => Promise<unknown>)[] = [];
  before(async () => {
    [ours, others] = await Promise.all([makeCertificates(), makeCertificates({ caName: 'somebody else' })]);
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const listen = async (server: Server, pieces: Buffer[], port = 0): Promise<Listener> => {
    const sockets = new Set<Socket>();
    const listener: Listener = {
      ...{ port: 0, connections: 0, mostAtOnce: 0 },
      received: () => Buffer.concat(pieces).toString('latin1'),
      close: async () => {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      },
    };
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      listener.connections += 1;
      listener.mostAtOnce = Math.max(listener.mostAtOnce, sockets.size);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    listener.port = (server.address() as AddressInfo).port;
    closing.push(listener.close);
    return listener;
  };

  return {
    get ours() {
      return ours;
    },
    get others() {
      return others;
    },
    closedPort: async () => {
      const { port, close } = await listen(createTcpServer(), []);
      await close();
      return port;
    },
    tcp: (onSocket = (socket) => socket.resume()) => listen(createTcpServer(onSocket), []),
    https: ({ cert, key }, { tls = {}, port = 0, silent = false } = {}) => {
      const pieces: Buffer[] = [];
      const server = createHttpsServer({ cert, key, ...tls }, (request, response) => {
        pieces.push(Buffer.from(request.rawHeaders.join('\n')));
        if (!silent) response.end();
      });
      server.on('tlsClientError', () => undefined);
      return listen(server, pieces, port);
    },
    http: () => {
      const pieces: Buffer[] = [];
      const server = createHttpServer((_, response) => response.end());
      server.on('connection', (socket: Socket) =>
        socket.prependListener('data', (bytes) => pieces.push(bytes)),
      );
      return listen(server, pieces);
    },
    guest: async (options = {}) => {
      const guest = { port: 0, tries: 0 };
      const right = options.password ?? password;
      const basic = basicServer((given) => {
        guest.tries += 1;
        return given.user === user && given.password === right;
      });
      const server = createWsmanServer({
        https: ours,
        schemes: options.schemes ?? [basic],
        handler: handlerOf(options),
      });
      ({ port: guest.port } = await server.listen(options.port ?? 0));
      closing.push(() => server.close());
      return Object.assign(guest, { server });
    },
  };
}

function handlerOf({ vendor = 'Microsoft Corporation', enumerate }: GuestOptions): WsmanHandler {
  const never = (): Promise<never> => Promise.reject(new Error('nobody asks for that'));
  return {
    identify: () => ({ productVendor: vendor, productVersion: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0' }),
    enumerate: enumerate ?? (() => Promise.resolve(oneSystem)),
    get: never,
    invoke: never,
    shell: { create: never, command: never, send: never, receive: never, signal: never, delete: never },
  };
}

/** What the query of a look is answered with. */
export const oneSystem = {
  instances: [
    { namespace: 'root/cimv2', className: 'Win32_OperatingSystem', properties: { Version: '6.3.9600' } },
  ],
  projection: ['Version'],
};

/** What comes goes to `port` and back. */
export function relayTo(port: number, client: Socket): void {
  const upstream = connectTcp(port, '127.0.0.1');
  client.pipe(upstream).pipe(client);
  for (const socket of [client, upstream]) socket.on('error', () => undefined);
  client.once('close', () => upstream.destroy());
}

/** Whether any of it says who asks. */
export function holdsPassword(text: string): boolean {
  return /authorization/i.test(text) || text.includes(authorization) || text.includes(password);
}
