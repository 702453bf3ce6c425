// The two listeners of the machine on loopback: HTTPS with the certificate of its key, and HTTP where messages must be
// sealed by NTLM. Basic and client certificates are taken over HTTPS alone.
// They follow the machine: away during a restart, gone when it is un-keyed or off.
import { fail } from '../errors/index.js';
import {
  basicServer,
  certificateServer,
  createWsmanServer,
  ntlmServer,
  type ServerScheme,
  type WsmanServer,
} from '../wsman/index.js';
import { administrator, type Access, type AccessKey } from './access.js';
import { machineHandler } from './handler.js';
import type { Machine } from './machine.js';
import { Shells } from './shell/index.js';
import { offersTls12 } from './tls.js';

const loopback = '127.0.0.1';

export interface EndpointOptions {
  machine: Machine;
  access: Access;
  key: AccessKey;
  /** PEM of the authority whose client certificates are mapped to the administrator; null: none is. */
  clientCa: string | null;
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
  const schemes = schemesOf(machine, access);
  const hooks = { onDefect, onRequest: () => (machine.counters.requests += 1) };
  const clientCa = options.clientCa === null ? {} : { clientCa: options.clientCa };
  const https = createWsmanServer({
    handler,
    schemes,
    https: { key: key.key, cert: key.cert, onlyOldTls: () => !offersTls12(machine), ...clientCa },
    ...hooks,
  });
  const http = createWsmanServer({ handler, schemes, ...hooks });
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

/** In the order of a 401 of Windows. */
function schemesOf(machine: Machine, access: Access): ServerScheme[] {
  const { computerName, os } = machine.facts();
  const [major = 0, minor = 0, build = 0] = os.version.split('.').map(Number);
  const schemes = [
    ntlmServer({
      computerName,
      version: [major, minor, build],
      ntHashOf: (user, domain) => access.ntHashOf(user, domain, computerName),
    }),
    basicServer((given) => access.authenticate(given, computerName)),
    certificateServer(() => (access.isKeyed ? administrator : null)),
  ];
  return schemes.map((scheme) => counted(scheme, machine));
}

/** Whoever is looked at is counted, however he came. */
function counted(scheme: ServerScheme, machine: Machine): ServerScheme {
  return {
    ...scheme,
    begin: (connection) => {
      const handshake = scheme.begin(connection);
      return {
        leg: async (token) => {
          const leg = await handshake.leg(token);
          if (leg.outcome === 'challenged') return leg;
          const isKnown = leg.outcome === 'accepted';
          machine.counters[isKnown ? 'authentications' : 'authenticationFailures'] += 1;
          machine.trace({ type: isKnown ? 'authenticated' : 'authentication-failed', scheme: scheme.word });
          return leg;
        },
      };
    },
  };
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
