// What a way of authenticating is, on both sides. It is shaped by the hardest of them: NTLM, Kerberos and CredSSP take
// several legs on one TCP connection and then hold for that connection, so a handshake is made for each connection and
// keeps its state itself. Basic is the degenerate case: one leg, sent with every request.

export interface Credentials {
  user: string;
  password: string;
}

/** Client side: one for each connection. */
export interface ClientHandshake {
  /** The Authorization header of the next request; null when the connection holds without one. */
  header(): string | null;
  /** After a 401 with these WWW-Authenticate values: the header of the next leg, or null to give up. */
  nextLeg(challenges: readonly string[]): string | null;
}

export interface ClientScheme {
  /** May this scheme go over a connection without TLS? */
  readonly needsTls: boolean;
  begin(credentials: Credentials): ClientHandshake;
}

/** How one leg ended. `challenge` is the whole WWW-Authenticate value to answer with. */
export type ServerLeg =
  | { outcome: 'accepted'; user: string }
  | { outcome: 'challenged'; challenge: string }
  | { outcome: 'refused' };

/** Server side: one for each connection and scheme. */
export interface ServerHandshake {
  /** `token` is what follows the scheme's word in the Authorization header. */
  leg(token: string): Promise<ServerLeg>;
}

export interface ServerScheme {
  /** The word in the Authorization header, e.g. `Basic`. */
  readonly word: string;
  /** What an unauthenticated caller is offered, e.g. `Basic realm="WSMAN"`. */
  readonly offer: string;
  readonly needsTls: boolean;
  /** True: once accepted, later requests on the connection need no header. */
  readonly holdsForConnection: boolean;
  begin(): ServerHandshake;
}
