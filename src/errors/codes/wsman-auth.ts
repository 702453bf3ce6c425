// The codes of the room `wsman` that are about who asks, and about what protects the messages. Codes are permanent:
// deprecate, never rename.
import { code } from '../code.js';

export const wsmanAuthCodes = {
  /** HTTP 401 to the password. Tried once only: every wrong try counts towards the lock-out of the account. */
  E_WSMAN_UNAUTHORIZED: code<{ host: string; user: string; scheme: string; offers: readonly string[] }>({
    title: 'user or password refused',
    message: ({ host, user, scheme, offers }) =>
      `${host} refuses the user ${user} (tried once, by ${scheme}). It offers: ${list(offers)}.`,
    hint: ({ scheme }) => hints[scheme] ?? 'Check the user and the password.',
    exit: 3,
  }),
  /** The host does not offer the way of authenticating that was asked for; no password was checked. */
  E_WSMAN_NOT_OFFERED: code<{ host: string; scheme: string; offers: readonly string[] }>({
    title: 'a way of authenticating that the host does not offer',
    message: ({ host, scheme, offers }) =>
      `${host} does not take ${scheme} here; it checked no password. It offers: ${list(offers)}.`,
    hint: ({ offers }) =>
      offers.some((offer) => /^basic\b/i.test(offer))
        ? 'Use --auth basic over HTTPS for a local account, or switch Negotiate on at the host.'
        : 'Switch the scheme on at the host (winrm get winrm/config/service/auth), or use another --auth.',
    exit: 3,
  }),
  /** Basic, a certificate or Kerberos over plain HTTP: refused by lyncimg itself, before anything is sent. */
  E_WSMAN_PLAIN_HTTP: code<{ host: string; method: string }>({
    title: 'an authentication that needs HTTPS',
    message: ({ host, method }) => `${plainHttp(method)} at ${host}: nothing was sent.`,
    hint: () =>
      'Use --scheme https with the port of the HTTPS listener (5986), and --ca-file for its authority; or ' +
      '--auth negotiate with a user and a password, whose messages are encrypted over HTTP too.',
    exit: 2,
  }),
  /** Kerberos cannot be used: the optional package is missing, or there is no ticket for the host. */
  E_WSMAN_KERBEROS: code<{ host: string; reason: string; missing: boolean }>({
    title: 'Kerberos cannot be used',
    message: ({ host, reason }) => `Kerberos cannot be used for ${host}: ${reason}.`,
    hint: ({ missing }) =>
      missing
        ? "Run 'npm install kerberos' where lyncimg is installed (it needs a compiler and libkrb5-dev), or use --auth negotiate with --user."
        : "Run 'kinit' for a ticket, name the host by the name of its service principal (HTTP/host), or use --auth negotiate with --user.",
    exit: 3,
  }),
  /** A message that should be protected is not, or was changed on the way, or a host did not prove itself. */
  E_WSMAN_SECURITY: code<{ host: string; doing: string; reason: string }>({
    title: 'a message that is not protected as agreed',
    message: ({ host, doing, reason }) =>
      `The answer of ${host} to ${doing} is not protected as agreed: ${reason}. It was not used.`,
    hint: () =>
      'Something between here and the host may have changed it: a proxy, or an attacker. HTTPS with a verified certificate tells more.',
    exit: 3,
  }),
  /** The client certificate or its key cannot be used. */
  E_WSMAN_CLIENT_CERTIFICATE: code<{ reason: string }>({
    title: 'a client certificate that cannot be used',
    message: ({ reason }) => `The client certificate cannot be used: ${reason}.`,
    hint: () =>
      'Certificate and key are PEM text and belong together; a key with a passphrase needs LYNCIMG_KEY_PASSPHRASE.',
    exit: 2,
  }),
};

const hints: Readonly<Record<string, string>> = {
  basic: 'Basic takes local accounts only. Check the user and the password.',
  ntlm:
    'Check the user (DOMAIN\\user, user@domain, or a local user) and the password; an account may be locked, ' +
    'or NTLM forbidden by policy.',
  certificate: 'The host needs a mapping of this certificate to a local account, and trust in its authority.',
  kerberos: 'The host does not accept the ticket: check clocks, and the service principal HTTP/host.',
};

function list(offers: readonly string[]): string {
  return offers.length === 0 ? 'nothing' : offers.join(', ');
}

function plainHttp(method: string): string {
  if (method === 'basic') return 'Basic would send the password in clear text over HTTP';
  if (method === 'certificate') return 'A client certificate needs TLS, which plain HTTP has not';
  return 'Kerberos over plain HTTP needs sealed messages, which its library cannot make';
}
