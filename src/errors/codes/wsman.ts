// The codes of the room `wsman`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

/** What a server's certificate says of itself. */
export interface CertificateFacts {
  subject: string;
  issuer: string;
  /** As in the certificate, e.g. `DNS:localhost, IP Address:127.0.0.1`; '' when it names none. */
  names: string;
  validFrom: string;
  validTo: string;
  /** SHA-1, upper-case hex, as Windows shows it. */
  thumbprint: string;
}

export const wsmanCodes = {
  /** Nothing answers at the address: no name, no route, nobody listens, or the connection broke. */
  E_WSMAN_UNREACHABLE: code<{ host: string; reason: string }>({
    title: 'a host cannot be reached',
    message: ({ host, reason }) => `No connection to WinRM at ${host}: ${reason}.`,
    hint: () =>
      'Check that the machine runs, that the address and port are right, and that its firewall lets the port in.',
    exit: 3,
  }),
  /** TLS was refused because of the server's certificate: another authority, another name, out of date. */
  E_WSMAN_CERTIFICATE: code<{ host: string; reason: string; certificate: CertificateFacts | null }>({
    title: "a host's certificate is not trusted",
    message: ({ host, reason, certificate }) =>
      [
        `The certificate of ${host} is refused: ${reason}. No password was sent.`,
        ...(certificate === null
          ? []
          : [
              `It is for ${certificate.subject}, names ${certificate.names === '' ? 'none' : certificate.names}, ` +
                `was issued by ${certificate.issuer}, is valid from ${certificate.validFrom} to ` +
                `${certificate.validTo}, and has the thumbprint ${certificate.thumbprint}.`,
            ]),
      ].join('\n'),
    hint: () =>
      'Use an address that the certificate names, and give the certificate of its authority (--ca-file).',
    exit: 3,
  }),
  /** The CA file holds no certificate that can be read. */
  E_WSMAN_CA: code<{ reason: string }>({
    title: 'a CA file without a certificate',
    message: ({ reason }) => `The authorities to trust cannot be used: ${reason}.`,
    hint: () => 'A CA file is PEM text: one or more blocks that begin with -----BEGIN CERTIFICATE-----.',
    exit: 2,
  }),
  /** No answer in time, or the host's own word that it needs longer. */
  E_WSMAN_TIMEOUT: code<{ host: string; doing: string; timeoutMs: number; saidByHost: boolean }>({
    title: 'a host is too slow',
    message: ({ host, doing, timeoutMs, saidByHost }) =>
      saidByHost
        ? `${host} could not finish ${doing} within the ${timeoutMs / 1000} s that it was given.`
        : `${host} gave no answer to ${doing} within ${timeoutMs / 1000} s.`,
    hint: () => 'The first question to a host that has just started can take long: ask again.',
    exit: 3,
  }),
  /** What answered does not speak WS-Management, or not by its rules. */
  E_WSMAN_PROTOCOL: code<{ host: string; doing: string; reason: string }>({
    title: 'no WS-Management',
    message: ({ host, doing, reason }) => `The answer of ${host} to ${doing} is no WS-Management: ${reason}.`,
    hint: () => 'Check that the port is that of a WinRM listener (5986 for HTTPS, 5985 for HTTP).',
    exit: 3,
  }),
  /** A registry provider's return value that is neither an answer nor "not there". */
  E_WSMAN_REGISTRY: code<{ host: string; path: string; returnValue: string }>({
    title: 'a registry key cannot be read',
    message: ({ host, path, returnValue }) =>
      returnValue === '5'
        ? `${host} denies access to ${path}.`
        : `The registry provider of ${host} answered ${returnValue} for ${path}.`,
    exit: 3,
  }),
  /** What a host lists of a registry key is too much, or cannot be: nothing more is asked about it. */
  E_WSMAN_REGISTRY_LIST: code<{ host: string; path: string; reason: string }>({
    title: 'a registry key lists too much',
    message: ({ host, path, reason }) => `What ${host} lists of ${path} is not taken: ${reason}.`,
    exit: 3,
  }),
};
