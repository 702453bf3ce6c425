// The server around the core: sockets, listening, and the ways in which a machine goes away.
import { createServer as createHttpServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions as SecureServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { createGate, type Gate } from '../auth/gate.js';
import type { ConnectionFacts, ServerScheme } from '../auth/scheme.js';
import type { WsmanHandler } from '../handler.js';
import { defaultLimits, type Limits } from '../limits.js';
import { createEnumerations } from './enumerations.js';
import { answerHttp } from './http.js';
import { Turns } from './in-turn.js';

interface HttpsOptions {
  key: string;
  cert: string;
  clientCa?: string;
  onlyOldTls?: () => boolean;
}

export interface WsmanServerOptions {
  handler: WsmanHandler;
  /** Who may come in, and how; offered in this order. Those that need TLS are left out without it. */
  schemes: readonly ServerScheme[];
  /**
   * PEM. `clientCa` vouches for client certificates. Absent: plain HTTP, where bodies must be sealed as a host with
   * AllowUnencrypted=false wants it. `onlyOldTls`, asked whenever it begins to listen: no TLS above 1.0, as a host
   * whose SCHANNEL has nothing newer switched on.
   */
  https?: HttpsOptions;
  limits?: Partial<Limits>;
  /** What a handler threw that is no WsmanFault: a defect, to be logged; the client gets an internal-error fault. */
  onDefect?(error: unknown): void;
  /** Each HTTP request, before it is looked at. */
  onRequest?(): void;
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
  const { schemes, https } = options;
  const secure = https !== undefined;
  const serverCertificate = https === undefined ? null : new X509Certificate(https.cert).raw;

  const http = httpOptions(limits);
  const secureServer = https === undefined ? null : createHttpsServer({ ...http, ...tlsOptions(https) });
  const server: Server = secureServer ?? createHttpServer(http);
  server.maxConnections = limits.maxConnections;

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

  const connections = new WeakMap<Socket, { gate: Gate; turns: Turns }>();
  server.on('request', (request, response) => {
    options.onRequest?.();
    const { socket } = request;
    const connection = connections.get(socket) ?? {
      gate: createGate(schemes, factsOf(socket, serverCertificate)),
      turns: new Turns(socket, limits.connectionTimeoutMs),
    };
    connections.set(socket, connection);
    const { gate, turns } = connection;
    turns.take(response, () =>
      answerHttp({ request, response, gate, secure, dispatcher }).catch((error: unknown) => {
        onDefect(error);
        socket.destroy();
      }),
    );
  });

  const dropConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  let place: { address: string; port: number } | null = null;

  const listenAt = (port: number, address: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (https !== undefined) secureServer?.setSecureContext(tlsOptions(https));
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

/** OpenSSL 3 speaks it at security level 0 alone: its signatures need SHA-1. */
const oldTls: SecureServerOptions = {
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
};

function httpOptions({ connectionTimeoutMs }: Limits): ServerOptions & { handshakeTimeout: number } {
  return {
    // A Kerberos ticket with many groups is up to 64 KB (MaxTokenSize 48,000 in base64).
    maxHeaderSize: 65_536,
    handshakeTimeout: connectionTimeoutMs,
    // What comes in byte by byte is not waited for for ever (MaxPacketRetrievalTimeSeconds).
    headersTimeout: connectionTimeoutMs,
    requestTimeout: connectionTimeoutMs,
    connectionsCheckingInterval: Math.min(30_000, connectionTimeoutMs / 4),
    // Node's 5 s would cut clients between two tasks.
    keepAliveTimeout: connectionTimeoutMs,
  };
}

function tlsOptions({ key, cert, clientCa, onlyOldTls }: HttpsOptions): SecureServerOptions {
  // Asked for, not demanded: whoever has none may come in by another scheme.
  const client = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: false };
  const versions = onlyOldTls?.() === true ? oldTls : {};
  return { key, cert, ...client, ...versions };
}

function factsOf(socket: Socket, serverCertificate: Buffer | null): ConnectionFacts {
  const secure = socket instanceof TLSSocket;
  const given = secure && socket.authorized ? socket.getPeerCertificate().raw : undefined;
  return { secure, host: '', serverCertificate, clientCertificate: given ?? null };
}
