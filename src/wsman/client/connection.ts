// One connection to one host: TCP (or a bastion's channel), TLS above it, HTTP/1.1 keep-alive on top. Authentication
// belongs to a connection, so it never opens another one by itself; and no proxy of the environment is looked at.
import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectTcp } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { ConnectionFacts } from '../auth/scheme.js';
import { collect } from '../collect.js';
import { isBroken, networkFailure, protocol, unreachable } from './network-failure.js';
import type { ClientLimits, ConnectOptions, Dial } from './options.js';
import { startTls } from './tls.js';
import { within } from './within.js';

export interface HttpAnswer {
  status: number;
  contentType: string;
  /** WWW-Authenticate, one item a header. */
  challenges: readonly string[];
  bytes: Buffer;
}

export interface Post {
  /** What is asked, for messages. */
  doing: string;
  contentType: string;
  body: Buffer;
  headers: Readonly<Record<string, string>>;
  /** For the answer, in milliseconds, and what it ends with. */
  timeoutMs: number;
  timeout: () => Error;
  signal?: AbortSignal | undefined;
}

export interface Connection {
  readonly facts: ConnectionFacts;
  /** False as soon as the host or this side closed it. */
  readonly isOpen: boolean;
  /** One at a time. After a rejection the connection is closed: nobody knows where the stream stands. */
  post(message: Post): Promise<HttpAnswer>;
  close(): void;
}

/** The host closed an idle connection just when it was used again: the request was not worked on. */
export class StaleConnection extends Error {}

export type ConnectionPlace = Pick<ConnectOptions, 'host' | 'port' | 'scheme' | 'auth'> & {
  /** `host:port`, for messages. */
  name: string;
  path: string;
  tls: NonNullable<ConnectOptions['tls']>;
  limits: ClientLimits;
  dial: Dial;
};

/** Four times what a page of 500 KB can be as UTF-8; a host that sends more is not one. */
const maximumAnswerBytes = 2 * 1024 * 1024;

export const dialTcp: Dial = async ({ host, port }, signal) => {
  const socket = connectTcp({ host, port });
  socket.setKeepAlive(true, 30_000);
  try {
    await once(socket, 'connect', signal === undefined ? {} : { signal });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
};

/** Rejects with E_WSMAN_UNREACHABLE, E_WSMAN_CERTIFICATE, E_WSMAN_PROTOCOL, or what `dial` rejects with. */
export async function openConnection(
  place: ConnectionPlace,
  signals: readonly (AbortSignal | undefined)[],
): Promise<Connection> {
  const { host, port, name, scheme, limits, dial } = place;
  const slow = (ms: number, what: string) => () => unreachable(name, `no ${what} within ${ms / 1000} s`);
  const tcpLimit = { ms: limits.connectMs, error: slow(limits.connectMs, 'connection'), signals };
  const stream = await within(tcpLimit, async (signal) => {
    try {
      const stream = await dial({ host, port }, signal);
      // Nobody waits for it any more.
      if (signal.aborted) stream.destroy();
      return stream;
    } catch (error) {
      signal.throwIfAborted();
      throw networkFailure(error, { host: name, doing: 'TCP' });
    }
  });
  // An idle stream that breaks is noticed when it is used.
  stream.on('error', () => undefined);
  if (scheme === 'http') return connectionOver(stream, place, null);
  const tlsLimit = { ms: limits.tlsMs, error: slow(limits.tlsMs, 'TLS connection'), signals };
  const socket = await within(tlsLimit, (signal) => startTls(stream, place, signal));
  socket.on('error', () => undefined);
  return connectionOver(socket, place, socket.getPeerCertificate().raw);
}

function connectionOver(
  stream: Duplex,
  place: ConnectionPlace,
  serverCertificate: Buffer | null,
): Connection {
  const { host, port, name, path } = place;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let isTaken = false;
  // The one stream, once: for another one somebody would have to authenticate again.
  agent.createConnection = (_options, done) => {
    // By its callback alone: it is called, too, when the stream closes while a request waits, and nobody catches there.
    if (isTaken) done?.(new StaleConnection(), stream);
    else done?.(null, stream);
    isTaken = true;
    return undefined;
  };
  let isOpen = true;
  stream.once('close', () => (isOpen = false));
  stream.once('end', () => (isOpen = false));
  const close = (): void => {
    isOpen = false;
    agent.destroy();
    stream.destroy();
  };

  const send = (message: Post, signal: AbortSignal): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const isReused = isTaken;
      const request = httpRequest({
        ...{ host, port, path, agent, signal, method: 'POST' },
        headers: {
          'Content-Type': message.contentType,
          'Content-Length': String(message.body.length),
          'User-Agent': 'lyncimg',
          ...message.headers,
        },
      });
      let answered = false;
      request.on('error', (error) => {
        const stale = isReused && !answered && (isBroken(error) || error instanceof StaleConnection);
        reject(stale ? new StaleConnection() : networkFailure(error, { host: name, doing: message.doing }));
      });
      request.on('upgrade', (_response, socket: Duplex) => {
        // Unheard, Node would drop the connection and tell nobody.
        socket.destroy();
        reject(protocol(name, message.doing, 'it switches to another protocol'));
      });
      request.on('response', (response) => {
        answered = true;
        if (response.statusCode === 401) {
          // Nobody reads the words of a refusal: nothing that is wrong with them may hide that it is one.
          response.on('error', () => undefined).resume();
          resolve(toAnswer(response, Buffer.alloc(0)));
          return;
        }
        collect(response as AsyncIterable<Buffer>, maximumAnswerBytes).then(
          (bytes) => {
            if (bytes !== null) resolve(toAnswer(response, bytes));
            else reject(protocol(name, message.doing, `it is larger than ${maximumAnswerBytes} bytes`));
          },
          (error: unknown) => {
            reject(networkFailure(error, { host: name, doing: message.doing }));
          },
        );
      });
      request.end(message.body);
    });

  return {
    facts: { host, serverCertificate, secure: stream instanceof TLSSocket },
    get isOpen() {
      return isOpen;
    },
    post: async (message) => {
      const limit = { ms: message.timeoutMs, error: message.timeout, signals: [message.signal] };
      try {
        return await within(limit, (signal) => send(message, signal));
      } catch (error) {
        close();
        throw error;
      }
    },
    close,
  };
}

function toAnswer(response: IncomingMessage, bytes: Buffer): HttpAnswer {
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    // They are shown to people: nothing in them may steer a terminal.
    challenges: (response.headersDistinct['www-authenticate'] ?? []).map((text) =>
      text.replace(/\p{Cc}/gu, ' '),
    ),
    bytes,
  };
}
