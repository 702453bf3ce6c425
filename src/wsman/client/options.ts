// What a user of the client says: which host, who asks, what is trusted, how long things may take.
import type { Duplex } from 'node:stream';

export interface ConnectOptions {
  host: string;
  port: number;
  scheme: 'https' | 'http';
  /** `/wsman` unless said otherwise. */
  path?: string;
  auth: Authentication;
  tls?: TlsOptions;
  limits?: Partial<ClientLimits>;
  /** Opens the stream to the host; a TCP connection unless said otherwise. */
  dial?: Dial;
  /** Ends whatever is under way; requests then reject with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * `negotiate` chooses before anything is sent: with a password it is NTLM, without one Kerberos with the ticket of
 * the user who runs this. It never tries another scheme after a refusal.
 */
export type Authentication =
  | { method: 'negotiate' | 'ntlm'; user: string; password: string }
  | { method: 'basic'; user: string; password: string }
  /** The credential cache of the environment (`kinit`) holds the ticket. */
  | { method: 'negotiate' | 'kerberos' }
  /** PEM; the key may be encrypted. */
  | { method: 'certificate'; cert: string; key: string; passphrase?: string };

export interface TlsOptions {
  /** PEM of the authorities that are trusted, instead of those that Node brings. */
  ca?: string;
  /**
   * SHA-256 or SHA-1 of the host's certificate, in hex, colons allowed. When given, the certificate must be one of
   * these, and neither its authority nor its names nor its dates count.
   */
  fingerprints?: readonly string[];
  /** TLSv1.2 unless said otherwise. The older ones are broken: for hosts that have nothing better. */
  minVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2';
}

/** All in milliseconds. */
export interface ClientLimits {
  /** Until TCP (or the bastion) has connected. */
  connectMs: number;
  /** Until TLS is agreed. */
  tlsMs: number;
  /** For one answer, from the request's first byte to the answer's last. */
  answerMs: number;
  /** For one operation with all its pages and repeats, unless the call says otherwise. */
  operationMs: number;
}

export const defaultClientLimits: ClientLimits = {
  connectMs: 10_000,
  tlsMs: 10_000,
  answerMs: 60_000,
  operationMs: 120_000,
};

/** Rejects with Node's own errors (`code`), or with what the caller's own errors are. */
export type Dial = (
  address: { host: string; port: number },
  signal: AbortSignal | undefined,
) => Promise<Duplex>;

/** Of one operation. */
export interface OperationOptions {
  /** For the whole operation; the client's `operationMs` unless said otherwise. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** How the connection was authenticated. */
export interface AuthenticationUsed {
  /** `ntlm`, `kerberos`, `basic` or `certificate`. */
  scheme: string;
  /** Bodies are sealed by the scheme itself; false where TLS protects them. */
  sealed: boolean;
}
