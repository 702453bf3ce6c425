// A server under test with a certificate, and clients for it. Everything is closed after the test that made it.
import { afterEach } from 'mocha';
import {
  connect,
  createWsmanServer,
  type ConnectOptions,
  type Limits,
  type ServerScheme,
  type WsmanClient,
  type WsmanHandler,
  type WsmanServer,
} from '../../src/wsman/index.js';
import { passwordSchemes } from '../helpers/password-schemes.js';
import { makeCertificates, type TestCertificates } from './certificates.js';
import { toyHandler } from './toy-handler.js';

export const user = 'Administrator';
export const password = 'right: ü';

let certificates: Promise<TestCertificates> | undefined;

/** One set for all tests: making keys is slow. */
export function testCertificates(): Promise<TestCertificates> {
  certificates ??= makeCertificates();
  return certificates;
}

const closing: (() => unknown)[] = [];

/** At the end of each test, or before for those that look at what is left. */
export async function closeEverything(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

afterEach(closeEverything);

/** Closes what a test opened, when it is over. */
export function afterwards(close: () => unknown): void {
  closing.push(close);
}

export interface Rig {
  server: WsmanServer;
  port: number;
  ca: string;
  /** How often a password was looked at. */
  tries: () => number;
  defects: unknown[];
  client(options?: Partial<ConnectOptions>): WsmanClient;
}

export async function startRig(
  options: {
    handler?: WsmanHandler;
    limits?: Partial<Limits>;
    plain?: boolean;
    now?: () => number;
    schemes?: ServerScheme[];
    clientCa?: string;
  } = {},
): Promise<Rig> {
  const { ca, cert, key } = await testCertificates();
  const defects: unknown[] = [];
  let tries = 0;
  const server = createWsmanServer({
    handler: options.handler ?? toyHandler(),
    schemes: options.schemes ?? passwordSchemes({ user, password, onTry: () => (tries += 1) }),
    ...(options.plain === true
      ? {}
      : { https: { cert, key, ...(options.clientCa === undefined ? {} : { clientCa: options.clientCa }) } }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.now === undefined ? {} : { now: options.now }),
    onDefect: (error) => defects.push(error),
  });
  const { port } = await server.listen(0);
  afterwards(() => server.close());
  return {
    ...{ server, port, ca, defects },
    tries: () => tries,
    client: (more) => {
      const client = connect({
        ...{ host: '127.0.0.1', port, scheme: options.plain === true ? 'http' : 'https', tls: { ca } },
        auth: { method: 'ntlm', user, password },
        ...more,
      });
      afterwards(() => {
        client.close();
      });
      return client;
    },
  };
}

/** The error that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was not rejected');
}
