// Kerberos under Negotiate (RFC 4559), by the npm package `kerberos`, which is not part of the installation: it builds
// against the system's libraries. It can prove who asks, and cannot seal messages (its wrap() is SASL's) nor bind to
// the TLS channel. So it is used over HTTPS only, and hosts with CbtHardeningLevel Strict refuse it.
import { fail } from '../../errors/index.js';
import { negotiateToken } from './negotiate-token.js';
import { SecurityError, type ClientScheme } from './scheme.js';

/** The part of the package that is used here. */
interface KerberosPackage {
  GSS_MECH_OID_SPNEGO: number;
  GSS_C_MUTUAL_FLAG: number;
  GSS_C_SEQUENCE_FLAG: number;
  initializeClient(service: string, options: { mechOID: number; gssFlags: number }): Promise<KerberosClient>;
}

interface KerberosClient {
  /** Base64 in and out; the answer is empty when there is nothing more to send. */
  step(challenge: string): Promise<string | null | undefined>;
}

export type LoadPackage = () => Promise<unknown>;

/** The name in a variable: it must resolve when it is used, not when this is compiled. */
const packageName = 'kerberos';
const installed: LoadPackage = () => import(packageName);

/** The ticket is the one in the credential cache of the user who runs this (`kinit`). */
export function kerberosClient(load: LoadPackage = installed): ClientScheme {
  return {
    name: 'kerberos',
    word: 'Negotiate',
    holdsForConnection: true,
    begin: ({ host }) => {
      let context: KerberosClient | null = null;
      return {
        first: async () => {
          const library = await loadPackage(host, load);
          const step = async (): Promise<string> => {
            context = await library.initializeClient(`HTTP@${host}`, {
              mechOID: library.GSS_MECH_OID_SPNEGO,
              gssFlags: library.GSS_C_MUTUAL_FLAG | library.GSS_C_SEQUENCE_FLAG,
            });
            return (await context.step('')) ?? '';
          };
          return `Negotiate ${await guarded(host, step)}`;
        },
        next: async (challenges) => {
          const token = tokenOf(challenges);
          if (token === null || context === null) return null;
          const current = context;
          const answer = await guarded(host, () => current.step(token));
          return answer ? `Negotiate ${answer}` : null;
        },
        accepted: async (challenges) => {
          const token = tokenOf(challenges);
          // Mutual authentication was asked for: a host that does not prove itself may be another.
          if (token === null) throw new SecurityError('the host did not prove by Kerberos who it is');
          const current = context;
          if (current !== null) await guarded(host, () => current.step(token));
          return null;
        },
      };
    },
  };
}

async function loadPackage(host: string, load: LoadPackage): Promise<KerberosPackage> {
  try {
    const found = (await load()) as { default?: KerberosPackage } & KerberosPackage;
    return found.default ?? found;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    const reason = missing ? 'the npm package kerberos is not installed' : firstLine(cause);
    throw fail('E_WSMAN_KERBEROS', { host, reason, missing }, { where: { host }, cause });
  }
}

/** The library's own words say which ticket or name is missing. */
async function guarded<T>(host: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const facts = { host, reason: firstLine(cause), missing: false };
    throw fail('E_WSMAN_KERBEROS', facts, { where: { host }, cause });
  }
}

/** As the package takes it. */
function tokenOf(challenges: readonly string[]): string | null {
  return negotiateToken(challenges)?.toString('base64') ?? null;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 300);
}
