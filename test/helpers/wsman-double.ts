// A host that answers WS-Management with what a test puts into tables, over real TLS on a free port. It counts what it
// was asked, and opens no shell for anybody.
import { after, before } from 'mocha';
import { makeCredentials } from '../../src/build/credentials.js';
import {
  cimText,
  createWsmanServer,
  WsmanFault,
  type CimValue,
  type FaultName,
  type WsmanServer,
} from '../../src/wsman/index.js';

import { passwordSchemes } from './password-schemes.js';

/** Undefined: the property is not sent, although it was asked for. */
export type DoubleRow = Record<string, CimValue | undefined>;

export interface WsmanDouble {
  port: number;
  readonly user: string;
  readonly password: string;
  /** PEM of the authority that signed its certificate. */
  ca: string;
  /** PEM of its own certificate. */
  certificate: string;
  vendor: string;
  version: string;
  /** By class name: rows, or the fault that the class answers with. A class that is not here does not exist. */
  classes: Record<string, DoubleRow[] | FaultName | (() => DoubleRow[] | FaultName)>;
  /**
   * As StdRegProv answers, parameters out: by `HKLM\key` (its subkeys), `HKLM\key|*` (its values) or `HKLM\key|value`.
   * What is not here is not there.
   */
  registry: Record<string, Record<string, CimValue>>;
  /** What was asked, in order: WQL and registry paths. */
  asked: string[];
  /** User names that were tried, one an attempt. */
  attempts: string[];
  shells: number;
  /** Ends it: from now on nobody listens. */
  stop(): Promise<void>;
}

/** Started once for a `describe`, put back to an empty server before each test by `reset`. */
export function wsmanDouble(): WsmanDouble & { reset(): void } {
  let server: WsmanServer | undefined;
  const fresh = (): Pick<
    WsmanDouble,
    'vendor' | 'version' | 'classes' | 'registry' | 'asked' | 'attempts' | 'shells'
  > => ({
    vendor: 'Microsoft Corporation',
    version: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0',
    classes: {
      Win32_OperatingSystem: [
        { Caption: 'Microsoft Windows Server 2012 R2 Standard', ProductType: 3, Version: '6.3.9600' },
      ],
    },
    registry: {},
    asked: [],
    attempts: [],
    shells: 0,
  });
  const double = {
    ...fresh(),
    port: 0,
    user: 'Administrator',
    password: 'p4ss wörd "\\ of the double',
    ca: '',
    certificate: '',
    reset: () => {
      Object.assign(double, fresh());
    },
    stop: async () => {
      await server?.close();
    },
  };

  const refuse = (): Promise<never> => Promise.reject(new WsmanFault('ACTION_NOT_SUPPORTED'));
  before(async () => {
    const hosts = { addresses: ['127.0.0.1'], names: ['localhost'] };
    const made = await makeCredentials({ hosts, run: 'test', now: new Date() });
    double.ca = made.caCertificate;
    double.certificate = made.serverCertificate;
    server = createWsmanServer({
      https: { key: made.serverKey, cert: made.serverCertificate },
      schemes: passwordSchemes({
        user: double.user,
        password: double.password,
        onTry: (user) => double.attempts.push(user),
      }),
      handler: {
        identify: () => ({ productVendor: double.vendor, productVersion: double.version }),
        enumerate: ({ wql }) => {
          double.asked.push(wql ?? '');
          return Promise.resolve().then(() => enumerate(double, wql ?? ''));
        },
        get: refuse,
        invoke: ({ method, input }) => {
          const { sSubKeyName, sValueName } = input;
          const path = `HKLM\\${cimText(sSubKeyName) ?? ''}`;
          const name = method === 'EnumValues' ? '*' : (cimText(sValueName) ?? '');
          const asked = method === 'EnumKey' ? path : `${path}|${name}`;
          double.asked.push(asked);
          return Promise.resolve(double.registry[asked] ?? { ReturnValue: 2 });
        },
        shell: {
          create: () => {
            double.shells += 1;
            return refuse();
          },
          command: refuse,
          send: refuse,
          receive: refuse,
          signal: refuse,
          delete: refuse,
        },
      },
    });
    double.port = (await server.listen(0)).port;
  });
  after(() => double.stop());
  return double;
}

function enumerate(
  double: Pick<WsmanDouble, 'classes'>,
  wql: string,
): Awaited<ReturnType<Parameters<typeof createWsmanServer>[0]['handler']['enumerate']>> {
  const [, list = '', className = ''] = /^select (.+) from (\w+)/.exec(wql) ?? [];
  const entry = double.classes[className];
  const rows = typeof entry === 'function' ? entry() : entry;
  if (rows === undefined) throw new WsmanFault('WBEM_INVALID_CLASS');
  if (typeof rows === 'string') throw new WsmanFault(rows);
  const wanted = list.split(',');
  // The server sends null for what an instance lacks, as Windows does; a host that leaves it out is made by asking
  // for less.
  const missing = wanted.filter((name) => rows.some((row) => name in row && row[name] === undefined));
  const instances = rows.map((row) => ({
    namespace: 'root/cimv2',
    className,
    properties: Object.fromEntries(
      Object.entries(row).filter((pair): pair is [string, CimValue] => pair[1] !== undefined),
    ),
  }));
  return { instances, projection: wanted.filter((name) => !missing.includes(name)) };
}
