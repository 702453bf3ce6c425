// Basic (RFC 7617, UTF-8), over TLS only: without it the password would go over the network in clear text.
import type { ClientScheme, Credentials, ServerScheme } from './scheme.js';

/** Sent with every request; a 401 means that the password is wrong, so there is no second leg. */
export function basicClient({ user, password }: Credentials): ClientScheme {
  const header = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  return {
    name: 'basic',
    word: 'Basic',
    holdsForConnection: false,
    begin: () => ({
      first: () => Promise.resolve(header),
      next: () => Promise.resolve(null),
      accepted: () => Promise.resolve(null),
    }),
  };
}

export type CheckPassword = (credentials: Credentials) => boolean | Promise<boolean>;

export function basicServer(check: CheckPassword): ServerScheme {
  return {
    word: 'Basic',
    offer: 'Basic realm="WSMAN"',
    needsTls: true,
    holdsForConnection: false,
    begin: () => ({
      leg: async (token) => {
        const credentials = decodeCredentials(token);
        if (credentials === null || !(await check(credentials))) return { outcome: 'refused' };
        return { outcome: 'accepted', user: credentials.user, security: null };
      },
    }),
  };
}

/** The user ends at the first colon: a password may have more of them. */
function decodeCredentials(token: string): Credentials | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return null;
  const text = Buffer.from(token, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
