// HTTPS for one host: one pinned keep-alive connection (multi-leg authentication will belong to it), the certificate
// always checked, no proxy of the environment, a limit on time and on bytes. Failures are told by what they mean.
import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { TLSSocket, type PeerCertificate } from 'node:tls';
import { fail, type FactsOf, type LyncimgError } from '../../errors/index.js';
import { certificateFacts, certificateReason } from './certificate.js';

export interface TransportOptions {
  host: string;
  port: number;
  path: string;
  ca?: string | undefined;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface Post {
  /** What is asked, for messages. */
  doing: string;
  body: string;
  headers: Readonly<Record<string, string>>;
  /** May be sent again when the host closed the idle connection just then. */
  repeatable: boolean;
}

export interface HttpAnswer {
  status: number;
  contentType: string;
  /** WWW-Authenticate, one item a header. */
  challenges: readonly string[];
  bytes: Buffer;
}

export interface Transport {
  /** `host:port` */
  readonly name: string;
  post(message: Post): Promise<HttpAnswer>;
  close(): void;
}

/** Four times what a page of 500 KB can be as UTF-8; a host that sends more is not one. */
const maximumAnswerBytes = 2 * 1024 * 1024;
const connectTimeoutMs = 10_000;

export function createTransport(options: TransportOptions): Transport {
  const name = options.host.includes(':')
    ? `[${options.host}]:${options.port}`
    : `${options.host}:${options.port}`;
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  return {
    name,
    post: async (message) => {
      const first = await send({ ...options, name, agent }, message);
      if (first.kind === 'answer') return first.answer;
      if (!first.staleConnection || !message.repeatable) throw first.error;
      const second = await send({ ...options, name, agent }, message);
      if (second.kind === 'answer') return second.answer;
      throw second.error;
    },
    close: () => {
      agent.destroy();
    },
  };
}

type Outcome =
  { kind: 'answer'; answer: HttpAnswer } | { kind: 'failure'; error: LyncimgError; staleConnection: boolean };

interface Around extends TransportOptions {
  name: string;
  agent: Agent;
}

function send(around: Around, message: Post): Promise<Outcome> {
  const { host, port, path, name, timeoutMs, agent, signal } = around;
  const { doing } = message;
  const body = Buffer.from(message.body, 'utf8');
  return new Promise((resolve, reject) => {
    let certificate: PeerCertificate | null = null;
    const request = httpsRequest({
      ...{ host, port, path, agent, method: 'POST' },
      ...(signal === undefined ? {} : { signal }),
      headers: {
        'Content-Type': 'application/soap+xml;charset=UTF-8',
        'Content-Length': String(body.length),
        'User-Agent': 'lyncimg',
        ...message.headers,
      },
    });

    const timers: NodeJS.Timeout[] = [];
    const after = (milliseconds: number, error: LyncimgError): void => {
      timers.push(setTimeout(() => request.destroy(error), milliseconds));
    };
    const end = (outcome: Outcome): void => {
      for (const timer of timers) clearTimeout(timer);
      resolve(outcome);
    };
    const failed = (error: Error): void => {
      for (const timer of timers) clearTimeout(timer);
      if (signal?.aborted === true) {
        reject(signal.reason instanceof Error ? signal.reason : error);
        return;
      }
      const socket = request.socket;
      const staleConnection = request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
      const refusedCertificate = socket instanceof TLSSocket ? socket.authorizationError : null;
      end({
        kind: 'failure',
        staleConnection,
        error: explain({ error, name, doing, certificate, refusedCertificate }),
      });
    };

    // From here, not from the call on: the first request of a connection includes its making.
    const timeout = { host: name, doing, timeoutMs, saidByHost: false };
    after(timeoutMs, fail('E_WSMAN_TIMEOUT', timeout, { where: { host: name } }));
    request.on('socket', (socket) => {
      if (!(socket instanceof TLSSocket) || request.reusedSocket) return;
      const seconds = Math.min(connectTimeoutMs, timeoutMs) / 1000;
      const slow = unreachable(name, `no TLS connection within ${seconds} s`);
      const connecting = setTimeout(() => request.destroy(slow), seconds * 1000);
      timers.push(connecting);
      socket.once('secureConnect', () => {
        clearTimeout(connecting);
      });
      // 'secure' comes before Node judges the certificate and, when it refuses it, takes the connection down: the last
      // moment at which one can read what the certificate says.
      socket.prependOnceListener('secure', () => {
        certificate = socket.getPeerCertificate();
      });
    });
    request.on('error', failed);
    request.on('response', (response) => {
      collect(response).then(
        (bytes) => {
          if (bytes === null) {
            request.destroy();
            end({
              kind: 'failure',
              staleConnection: false,
              error: protocol(name, doing, `it is larger than ${maximumAnswerBytes} bytes`),
            });
            return;
          }
          end({ kind: 'answer', answer: toAnswer(response, bytes) });
        },
        (error: unknown) => {
          failed(error as Error);
        },
      );
    });
    request.end(body);
  });
}

/** Null when there is too much of it. */
async function collect(response: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maximumAnswerBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function toAnswer(response: IncomingMessage, bytes: Buffer): HttpAnswer {
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    challenges: response.headersDistinct['www-authenticate'] ?? [],
    bytes,
  };
}

const networkReasons: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nobody listens there'],
  ['ETIMEDOUT', 'no answer at that address'],
  ['EHOSTUNREACH', 'there is no way to that address'],
  ['ENETUNREACH', 'there is no way to that network'],
  ['ENOTFOUND', 'the name is not known'],
  ['EAI_AGAIN', 'the name cannot be looked up now'],
  ['ECONNRESET', 'the connection was broken off'],
  ['EPIPE', 'the connection was broken off'],
]);

function explain(failure: {
  error: Error;
  name: string;
  doing: string;
  certificate: PeerCertificate | null;
  refusedCertificate: unknown;
}): LyncimgError {
  const { error, name, doing, certificate } = failure;
  if (isOurs(error)) return error;
  const code = codeOf(error);
  const known = networkReasons.get(code);
  if (known !== undefined) return unreachable(name, known, error);
  if (typeof failure.refusedCertificate === 'string') {
    const facts: FactsOf<'E_WSMAN_CERTIFICATE'> = {
      host: name,
      reason: certificateReason(code),
      certificate: certificate === null ? null : certificateFacts(certificate),
    };
    return fail('E_WSMAN_CERTIFICATE', facts, { where: { host: name } });
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) return protocol(name, doing, 'it is not TLS', error);
  if (code.startsWith('HPE_')) return protocol(name, doing, 'it is not HTTP', error);
  return unreachable(name, error.message, error);
}

function unreachable(host: string, reason: string, cause?: Error): LyncimgError {
  return fail('E_WSMAN_UNREACHABLE', { host, reason }, { where: { host }, cause });
}

function protocol(host: string, doing: string, reason: string, cause?: Error): LyncimgError {
  return fail('E_WSMAN_PROTOCOL', { host, doing, reason }, { where: { host }, cause });
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** The errors that this file itself ends a request with. */
function isOurs(error: Error): error is LyncimgError {
  return codeOf(error).startsWith('E_WSMAN_');
}
