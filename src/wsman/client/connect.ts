// The client: what a host can be asked. Each operation is a file of its own; here they share a session and its limits.
import { chooseScheme, whoAsks } from '../auth/choose-scheme.js';
import type { WireProperties } from '../cim/value.js';
import { decodeIdentifyResponse, encodeIdentify, type Identity } from '../envelope/identify.js';
import { assertAuthorities } from './certificate.js';
import type { CimQuestion } from './cim-question.js';
import { dialTcp, openConnection } from './connection.js';
import { enumerate, instances } from './enumerate.js';
import { getInstance, type InstanceName } from './get.js';
import { invoke, type MethodCall } from './invoke.js';
import { systemClock, type Operation } from './operation.js';
import {
  defaultClientLimits,
  type AuthenticationUsed,
  type ConnectOptions,
  type OperationOptions,
} from './options.js';
import { Session } from './session.js';
import { openShell, type RemoteShell, type ShellSettings } from './shell.js';
import { assertClientCertificate } from './tls.js';

/** Every method rejects with E_WSMAN_*, or with the reason of the signal that ended it. */
export interface WsmanClient {
  /** `host:port`, for messages. */
  readonly host: string;
  /** Null before the host has accepted. */
  authenticationUsed(): AuthenticationUsed | null;
  /** With the credential, unless `unauthenticated`: then nothing secret is sent, and a host may say less. */
  identify(options?: { unauthenticated?: boolean } & OperationOptions): Promise<Identity>;
  /** All instances, all pages. Properties are text: see cimText, cimInteger, cimBoolean, cimList and the others. */
  enumerate(question: CimQuestion, how?: OperationOptions): Promise<WireProperties[]>;
  /** The same, instance by instance; leaving the loop early releases the enumeration on the host. */
  instances(question: CimQuestion, how?: OperationOptions): AsyncGenerator<WireProperties, void, undefined>;
  /** One instance by its keys. */
  get(instance: InstanceName, how?: OperationOptions): Promise<WireProperties>;
  /** Parameters out, ReturnValue among them. */
  invoke(call: MethodCall, how?: OperationOptions): Promise<WireProperties>;
  /** A cmd shell, which starts a process on the host; the caller closes it. */
  openShell(settings?: ShellSettings, how?: OperationOptions): Promise<RemoteShell>;
  close(): void;
}

/**
 * Opens nothing yet: the first request connects. Throws E_WSMAN_PLAIN_HTTP for what needs TLS below it, E_WSMAN_CA and
 * E_WSMAN_CLIENT_CERTIFICATE for PEM that cannot serve.
 */
export function connect(options: ConnectOptions): WsmanClient {
  const { host, port, scheme, auth, tls = {}, path = '/wsman', dial = dialTcp, signal } = options;
  const limits = { ...defaultClientLimits, ...options.limits };
  const name = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const chosen = chooseScheme(auth, { host: name, scheme });
  if (tls.ca !== undefined) assertAuthorities(tls.ca);
  assertClientCertificate(auth);
  const place = { host, port, name, scheme, path, auth, tls, limits, dial };
  const session = new Session({
    ...{ name, limits, signal },
    to: `${scheme}://${name}${path}`,
    scheme: chosen,
    user: whoAsks(auth),
    open: (own) => openConnection(place, [own]),
  });
  const operation = ({ timeoutMs = limits.operationMs, signal: own }: OperationOptions = {}): Operation => ({
    deadline: systemClock.now() + timeoutMs,
    signal: own,
  });
  return {
    host: name,
    authenticationUsed: () => session.authenticationUsed,
    identify: async ({ unauthenticated = false, ...how } = {}) => {
      const doing = 'Identify';
      const message = { doing, text: encodeIdentify(), repeatable: true, ...operation(how) };
      const answer = await (unauthenticated ? session.anonymous(message) : session.raw(message));
      return session.decode(doing, () => decodeIdentifyResponse(answer.body));
    },
    enumerate: (question, how) => enumerate(session, question, operation(how)),
    instances: (question, how) => instances(session, question, operation(how)),
    get: (instance, how) => getInstance(session, instance, operation(how)),
    invoke: (call, how) => invoke(session, call, operation(how)),
    openShell: (settings = {}, how = {}) => openShell(session, settings, operation(how)),
    close: () => {
      session.close();
    },
  };
}
