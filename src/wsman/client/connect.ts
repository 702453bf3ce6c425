// The client: what a host can be asked without running anything on it.
import { fail, LyncimgError, type FactsOf } from '../../errors/index.js';
import { actions, methodAction } from '../actions.js';
import { basicClient } from '../auth/basic.js';
import { decodeProperties } from '../cim/decode.js';
import type { WireProperties } from '../cim/value.js';
import {
  decodePage,
  encodeEnumerate,
  encodePull,
  encodeRelease,
  type Page,
} from '../envelope/enumeration.js';
import { decodeIdentifyResponse, encodeIdentify, type Identity } from '../envelope/identify.js';
import { decodeInvokeResponse, encodeInvoke } from '../envelope/invoke.js';
import { classUri } from '../namespaces.js';
import { assertAuthorities } from './certificate.js';
import { Session } from './session.js';
import { createTransport } from './transport.js';

export interface ConnectOptions {
  host: string;
  port: number;
  scheme: 'https' | 'http';
  /** `/wsman` unless said otherwise. */
  path?: string;
  user: string;
  password: string;
  /** PEM of the authorities that are trusted, instead of those that Node brings. */
  ca?: string;
  /** How long one request may take in all; the host is told to answer sooner. 60,000 when absent. */
  timeoutMs?: number;
  /** Ends a request that is under way; it then rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface WsmanClient {
  /** `host:port`, for messages. */
  readonly host: string;
  /** With the password, unless `unauthenticated`: then nothing secret is sent, and a host may say less. */
  identify(options?: { unauthenticated?: boolean }): Promise<Identity>;
  /** All instances, all pages. Properties are text: see cimProperty, cimText, cimInteger, cimBoolean, cimList. */
  enumerate(query: CimQuestion): Promise<WireProperties[]>;
  /** The same, instance by instance; leaving the loop early releases the enumeration on the host. */
  instances(query: CimQuestion): AsyncGenerator<WireProperties, void, undefined>;
  /** Parameters out, ReturnValue among them. */
  invoke(call: MethodCall): Promise<WireProperties>;
  close(): void;
}

export interface CimQuestion {
  /** With slashes, e.g. `root/cimv2`. */
  namespace: string;
  wql: string;
}

export interface MethodCall {
  namespace: string;
  className: string;
  method: string;
  input: Readonly<Record<string, string>>;
  /** The method only reads: it may be sent again when the connection broke. */
  readOnly?: boolean;
}

/** Capped by the host's MaxBatchItems, which is this number by default. */
const maximumElements = 32000;
/** No class that is asked for comes near it: a host that goes on and on is not believed. */
const maximumInstances = 200_000;
const maximumSlowPulls = 3;

/** Opens nothing yet: the first request connects. Throws E_WSMAN_PLAIN_HTTP for scheme http, E_WSMAN_CA. */
export function connect(options: ConnectOptions): WsmanClient {
  const { host, port, user, password, ca, timeoutMs = 60_000, path = '/wsman', signal } = options;
  const scheme = basicClient;
  if (options.scheme === 'http' && scheme.needsTls) {
    throw fail('E_WSMAN_PLAIN_HTTP', { host: `${host}:${port}` }, { where: { host: `${host}:${port}` } });
  }
  if (ca !== undefined) assertAuthorities(ca);
  const transport = createTransport({ host, port, path, ca, timeoutMs, signal });
  const handshake = scheme.begin({ user, password });
  const session = new Session({ transport, user, handshake, timeoutMs });

  const instances = (query: CimQuestion): AsyncGenerator<WireProperties, void, undefined> =>
    readInstances(session, query);
  return {
    host: transport.name,
    identify: async ({ unauthenticated = false } = {}) => {
      const doing = 'Identify';
      const how = { repeatable: true, anonymous: unauthenticated };
      const message = await session.raw(doing, encodeIdentify(), how);
      return session.decode(doing, () => decodeIdentifyResponse(message.body));
    },
    instances,
    enumerate: async (query) => {
      const rows: WireProperties[] = [];
      for await (const row of instances(query)) rows.push(row);
      return rows;
    },
    invoke: async ({ namespace, className, method, input, readOnly = false }) => {
      const resourceUri = classUri(namespace, className);
      const doing = `${className}.${method}`;
      const body = await session.ask({
        ...{ doing, resourceUri, repeatable: readOnly },
        action: methodAction(resourceUri, method),
        body: encodeInvoke(resourceUri, method, input),
      });
      return session.decode(doing, () => decodeInvokeResponse(body));
    },
    close: () => {
      transport.close();
    },
  };
}

async function* readInstances(
  session: Session,
  { namespace, wql }: CimQuestion,
): AsyncGenerator<WireProperties, void, undefined> {
  const about = { doing: `"${wql}"`, resourceUri: classUri(namespace, '*') };
  let count = 0;
  let page: Page | null = await firstPage(session, about, wql);
  // What the host still keeps for us, when the caller stops early.
  let open: string | null = null;
  try {
    while (page !== null) {
      open = page.context;
      for (const item of page.items) {
        count += 1;
        if (count > maximumInstances) {
          const reason = `more than ${maximumInstances} instances`;
          const facts = { host: session.host, doing: about.doing, reason };
          throw fail('E_WSMAN_PROTOCOL', facts, { where: { host: session.host } });
        }
        yield decodeProperties(item);
      }
      const context: string | null = open;
      open = null;
      page = context === null ? null : await nextPage(session, about, context);
    }
  } finally {
    if (open !== null) await release(session, about, open);
  }
}

interface About {
  doing: string;
  resourceUri: string;
}

async function firstPage(session: Session, about: About, wql: string): Promise<Page> {
  const body = await session.ask({
    ...about,
    action: actions.enumerate,
    body: encodeEnumerate({ optimize: true, maxElements: maximumElements, wql }),
    repeatable: true,
  });
  return session.decode(about.doing, () => decodePage(body));
}

/** A slow provider faults with a time-out while the context stays good (MS-WSMV 3.1.4.1.6): pull again. */
async function nextPage(session: Session, about: About, context: string): Promise<Page> {
  for (let attempt = 1; ; attempt++) {
    try {
      const body = await session.ask({
        ...about,
        action: actions.pull,
        body: encodePull({ context, maxElements: maximumElements }),
        repeatable: false,
      });
      return session.decode(about.doing, () => decodePage(body));
    } catch (error) {
      if (attempt === maximumSlowPulls || !isSlowProvider(error)) throw error;
    }
  }
}

function isSlowProvider(error: unknown): boolean {
  if (!(error instanceof LyncimgError)) return false;
  return error.code === 'E_WSMAN_TIMEOUT' && (error.facts as FactsOf<'E_WSMAN_TIMEOUT'>).saidByHost;
}

/** An abandoned enumeration counts against the user's quota until it is too old. That it fails matters to nobody. */
async function release(session: Session, about: About, context: string): Promise<void> {
  await session
    .ask({ ...about, action: actions.release, body: encodeRelease(context), repeatable: false })
    .catch(() => undefined);
}
