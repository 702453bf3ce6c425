// TLS over a stream that is connected already. The certificate is checked always: against authorities, or, when its
// fingerprint is given, against that alone.
import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  connect,
  createSecureContext,
  type ConnectionOptions,
  type PeerCertificate,
  type TLSSocket,
} from 'node:tls';
import { fail } from '../../errors/index.js';
import { certificateFailure, networkFailure } from './network-failure.js';
import type { Authentication, TlsOptions } from './options.js';

export interface TlsPlace {
  host: string;
  /** `host:port`, for messages. */
  name: string;
  tls: TlsOptions;
  auth: Authentication;
}

/** Throws E_WSMAN_CLIENT_CERTIFICATE for a certificate and key that cannot serve. */
export function assertClientCertificate(auth: Authentication): void {
  if (auth.method !== 'certificate') return;
  try {
    createSecureContext(ownCertificate(auth));
  } catch (cause) {
    const { message } = cause as Error;
    // OpenSSL's own words, without its numbers and file names: `key values mismatch`, `bad decrypt`.
    const reason = message.split(':').at(-1)?.trim() ?? message;
    throw fail('E_WSMAN_CLIENT_CERTIFICATE', { reason }, { cause });
  }
}

/** Rejects with E_WSMAN_CERTIFICATE, E_WSMAN_PROTOCOL or E_WSMAN_UNREACHABLE; the stream is then gone. */
export async function startTls(stream: Duplex, place: TlsPlace, signal: AbortSignal): Promise<TLSSocket> {
  const { host, name, tls, auth } = place;
  const pinned = tls.fingerprints === undefined ? null : new Set(tls.fingerprints.map(plainHex));
  const socket = connect({
    socket: stream,
    host,
    // RFC 6066, section 3: no name for an address.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...ownCertificate(auth),
    ...oldVersions(tls),
    // With a fingerprint the certificate is compared below, before a byte is sent.
    rejectUnauthorized: pinned === null,
  });
  let certificate: PeerCertificate | null = null;
  // Comes before Node judges the certificate and, when it refuses it, takes the connection down: the last moment at
  // which one can read what the certificate says.
  socket.prependOnceListener('secure', () => {
    certificate = socket.getPeerCertificate();
  });
  try {
    await once(socket, 'secureConnect', { signal });
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    // @types/node calls it an Error; it is the code, or null (Node's documentation of tls.TLSSocket).
    const refused: unknown = socket.authorizationError;
    if (typeof refused === 'string') throw certificateFailure(name, refused, certificate);
    throw networkFailure(error, { host: name, doing: 'TLS' });
  }
  if (pinned !== null && !isPinned(socket.getPeerCertificate(), pinned)) {
    const seen = socket.getPeerCertificate();
    socket.destroy();
    throw certificateFailure(name, 'OTHER_FINGERPRINT', seen);
  }
  return socket;
}

function ownCertificate(auth: Authentication): { cert?: string; key?: string; passphrase?: string } {
  if (auth.method !== 'certificate') return {};
  const { cert, key, passphrase } = auth;
  return { cert, key, ...(passphrase === undefined ? {} : { passphrase }) };
}

/** OpenSSL 3 allows TLS 1.0 and 1.1 at security level 0 alone: their signatures need SHA-1. */
function oldVersions({
  minVersion = 'TLSv1.2',
}: TlsOptions): Pick<ConnectionOptions, 'minVersion' | 'ciphers'> {
  return minVersion === 'TLSv1.2' ? { minVersion } : { minVersion, ciphers: 'DEFAULT@SECLEVEL=0' };
}

function isPinned(certificate: PeerCertificate, pinned: ReadonlySet<string>): boolean {
  return [certificate.fingerprint256, certificate.fingerprint].some((text) => pinned.has(plainHex(text)));
}

function plainHex(fingerprint: string): string {
  return fingerprint.replaceAll(/[^0-9A-Fa-f]/g, '').toLowerCase();
}
