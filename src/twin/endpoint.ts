// The two listeners of the machine on loopback: HTTPS with the certificate of its key, and HTTP where Basic is refused.
// They follow the machine: away during a restart, gone when it is un-keyed or off.
import { fail } from '../errors/index.js';
import { createWsmanServer, type WsmanServer } from '../wsman/index.js';
import type { Access, AccessKey } from './access.js';
import { machineHandler } from './handler.js';
import type { Machine } from './machine.js';
import { Shells } from './shell/index.js';

const loopback = '127.0.0.1';

export interface EndpointOptions {
  machine: Machine;
  access: Access;
  key: AccessKey;
  httpsPort: number;
  httpPort: number;
  /** A defect of the model: it is shown, and the client gets a fault. */
  onDefect: (error: unknown) => void;
}

export interface Endpoint {
  httpsPort: number;
  httpPort: number;
  close(): Promise<void>;
}

/** Throws E_TWIN_PORT. */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { machine, access, key, onDefect } = options;
  const handler = machineHandler(machine, new Shells(machine));
  const authenticate = (given: { user: string; password: string }): boolean => {
    const isKnown = access.authenticate(given, machine.facts().computerName);
    machine.counters[isKnown ? 'authentications' : 'authenticationFailures'] += 1;
    if (!isKnown) machine.trace({ type: 'authentication-failed' });
    return isKnown;
  };
  const https = createWsmanServer({
    handler,
    authenticate,
    https: { key: key.key, cert: key.cert },
    onDefect,
  });
  const http = createWsmanServer({ handler, authenticate, onDefect });
  const close = async (): Promise<void> => {
    await Promise.all([https.close(), http.close()]);
  };
  try {
    const httpsPort = await listen(https, options.httpsPort, '--port');
    const httpPort = await listen(http, options.httpPort, '--http-port');
    follow(machine, [https, http], onDefect);
    return { httpsPort, httpPort, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function follow(machine: Machine, servers: WsmanServer[], onDefect: (error: unknown) => void): void {
  let pausing: Promise<unknown> = Promise.resolve();
  machine.events.on('restart-started', () => {
    pausing = Promise.all(servers.map((server) => server.pause()));
  });
  machine.events.on('booted', () => {
    pausing.then(() => Promise.all(servers.map(resume))).catch(onDefect);
  });
  machine.events.on('unkeyed', () => {
    for (const server of servers) server.close().catch(onDefect);
  });
}

/** Somebody's outgoing connection may sit on the port for a moment while the machine is away. */
async function resume(server: WsmanServer): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await server.resume();
      return;
    } catch (error) {
      if (attempt === 100 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function listen(server: WsmanServer, port: number, flag: string): Promise<number> {
  try {
    return (await server.listen(port, loopback)).port;
  } catch (error) {
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: 'another program has it',
      EACCES: 'this user may not open it',
    };
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw fail('E_TWIN_PORT', { port, flag, reason: reasons[code] ?? code }, { cause: error });
  }
}
