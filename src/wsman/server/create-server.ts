// The server around the core: sockets, listening, and the ways in which a machine goes away.
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { basicServer } from '../auth/basic.js';
import { createGate, type Gate } from '../auth/gate.js';
import type { WsmanHandler } from '../handler.js';
import { defaultLimits, type Limits } from '../limits.js';
import { createEnumerations } from './enumerations.js';
import { answerHttp } from './http.js';

export interface WsmanServerOptions {
  handler: WsmanHandler;
  /** Answers whether this user has this password. Basic is offered over TLS only. */
  authenticate(credentials: { user: string; password: string }): boolean | Promise<boolean>;
  /** PEM. Absent: plain HTTP, where Basic is refused as a host with AllowUnencrypted=false refuses it. */
  https?: { key: string; cert: string };
  limits?: Partial<Limits>;
  /** What a handler threw that is no WsmanFault: a defect, to be logged; the client gets an internal-error fault. */
  onDefect?(error: unknown): void;
  /** Milliseconds; for the age of enumeration contexts. */
  now?(): number;
}

export interface WsmanServer {
  /** Port 0 takes any free one. Rejects with Node's own error when the port is taken. */
  listen(port: number, address?: string): Promise<{ address: string; port: number }>;
  /** Destroys every connection at once, as a machine that goes down; goes on listening. */
  dropConnections(): void;
  /** Stops listening, drops connections and forgets enumerations: a machine that restarts. */
  pause(): Promise<void>;
  /** Listens again on the same address and port. */
  resume(): Promise<void>;
  /** Ends for good. May be called twice, and after pause. */
  close(): Promise<void>;
}

export function createWsmanServer(options: WsmanServerOptions): WsmanServer {
  const limits = { ...defaultLimits, ...options.limits };
  const enumerations = createEnumerations(limits, () => options.now?.() ?? Date.now());
  const onDefect = (error: unknown): void => options.onDefect?.(error);
  const dispatcher = { handler: options.handler, limits, enumerations, onDefect };
  const secure = options.https !== undefined;
  const schemes = [basicServer((credentials) => options.authenticate(credentials))];

  const server: Server = options.https === undefined ? createHttpServer() : createHttpsServer(options.https);
  // HTTP.sys closes idle connections after about two minutes; Node's 5 s would cut clients between two tasks.
  server.keepAliveTimeout = 120_000;

  // Both the TCP socket and the TLS one above it: a handshake that is under way has only the former.
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that goes away, or one that does not speak TLS, is no error of the server's.
    socket.on('error', () => undefined);
  };
  server.on('connection', track);
  if (secure) server.on('secureConnection', track);

  const gates = new WeakMap<Socket, Gate>();
  server.on('request', (request, response) => {
    const gate = gates.get(request.socket) ?? createGate(schemes, secure);
    gates.set(request.socket, gate);
    answerHttp({ request, response, gate, secure, dispatcher }).catch((error: unknown) => {
      onDefect(error);
      request.socket.destroy();
    });
  });

  const dropConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  let place: { address: string; port: number } | null = null;

  const listenAt = (port: number, address: string): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });

  const stop = async (): Promise<void> => {
    enumerations.clear();
    if (!server.listening) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      dropConnections();
    });
  };

  return {
    listen: async (port, address = '127.0.0.1') => {
      await listenAt(port, address);
      place = { address, port: (server.address() as AddressInfo).port };
      return place;
    },
    dropConnections,
    pause: stop,
    resume: async () => {
      if (place === null) throw new Error('resume before listen');
      if (!server.listening) await listenAt(place.port, place.address);
    },
    close: stop,
  };
}
