// What a way of authenticating is, on both sides. It is shaped by the hardest of them: NTLM and Kerberos take several
// legs on one TCP connection and then hold for that connection, so a handshake is made for each connection and keeps
// its state itself. Basic is the degenerate case: one leg, sent with every request.

export interface Credentials {
  user: string;
  password: string;
}

/** What a handshake may know of the connection that it belongs to. */
export interface ConnectionFacts {
  /** TLS lies below. */
  secure: boolean;
  /** The host's name as the user gave it; Kerberos names its service by it. */
  host: string;
  /** DER of the server's certificate, which channel binding names (RFC 5929); null without TLS. */
  serverCertificate: Buffer | null;
  /** DER of a certificate that the client gave and that the server's authorities vouch for. Server side only. */
  clientCertificate?: Buffer | null;
}

/**
 * Protects the bodies of one connection after its handshake (MS-WSMV 2.2.9.1). Order matters: both directions count
 * their messages, so each body goes through exactly once and in the order of the wire.
 */
export interface MessageSecurity {
  /** The `protocol` parameter of multipart/encrypted, e.g. `application/HTTP-SPNEGO-session-encrypted`. */
  readonly protocol: string;
  seal(plain: Buffer): SealedMessage;
  /** Throws SecurityError for a signature, a length or a sequence number that is not right. */
  unseal(message: SealedMessage): Buffer;
}

export interface SealedMessage {
  /** What stands before the sealed bytes: for NTLM the signature of 16 bytes. */
  header: Buffer;
  sealed: Buffer;
}

/** What the other side of a handshake sent cannot be used. The message carries nothing secret. */
export class SecurityError extends Error {}

/** Client side of one authentication on one connection. */
export interface ClientHandshake {
  /** The Authorization value of the first request on the connection. */
  first(): Promise<string>;
  /**
   * After a 401 with these WWW-Authenticate values: the value of the next leg, or null when there is nothing more to
   * say, which is a refusal. Throws SecurityError for a challenge that cannot be used.
   */
  next(challenges: readonly string[]): Promise<string | null>;
  /**
   * After the host accepted, with the WWW-Authenticate values of its answer: what protects the bodies from here on,
   * or null where that is TLS alone. Throws SecurityError where the host does not prove itself as it must.
   */
  accepted(challenges: readonly string[]): Promise<MessageSecurity | null>;
}

export interface ClientScheme {
  /** As results name it: `basic`, `ntlm`, `kerberos`, `certificate`. */
  readonly name: string;
  /** The word of the WWW-Authenticate header by which a host offers it, e.g. `Negotiate`. */
  readonly word: string;
  /** True: legs are empty requests, and the connection then holds. False: `first()` goes with every request. */
  readonly holdsForConnection: boolean;
  begin(connection: ConnectionFacts): ClientHandshake;
}

/** How one leg ended. `challenge` and `mutual` are whole WWW-Authenticate values. */
export type ServerLeg =
  | {
      outcome: 'accepted';
      user: string;
      /** Goes with the answer to this leg. */
      mutual?: string;
      /** Bodies on this connection may, and without TLS must, be sealed by it. Null: the scheme has none. */
      security: MessageSecurity | null;
    }
  | { outcome: 'challenged'; challenge: string }
  | { outcome: 'refused' };

/** Server side: one for each connection and scheme. */
export interface ServerHandshake {
  /** `token` is what follows the scheme's word in the Authorization header. Hostile input is `refused`. */
  leg(token: string): Promise<ServerLeg>;
}

export interface ServerScheme {
  /** The word in the Authorization header, e.g. `Basic`. */
  readonly word: string;
  /** What an unauthenticated caller is offered, e.g. `Basic realm="WSMAN"`; null where the scheme is not offered. */
  readonly offer: string | null;
  readonly needsTls: boolean;
  /** True: once accepted, later requests on the connection need no header. */
  readonly holdsForConnection: boolean;
  begin(connection: ConnectionFacts): ServerHandshake;
}
