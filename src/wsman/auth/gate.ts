// The server's door: who is this request from? One gate for each TCP connection, as multi-leg schemes belong to it.
import type { ConnectionFacts, MessageSecurity, ServerHandshake, ServerScheme } from './scheme.js';

export type GateResult =
  | {
      admitted: true;
      user: string;
      /** WWW-Authenticate of the answer to a last leg that proves the server, too. */
      mutual: string | null;
      /** What seals the bodies of this connection, where its scheme can. */
      security: MessageSecurity | null;
      /** This request is a leg of a handshake; false for one on a connection that holds already. */
      isLeg: boolean;
    }
  | Refusal;

export interface Refusal {
  admitted: false;
  offers: readonly string[];
  /** The one offer is a challenge, and the connection has to stay open for its answer. */
  inHandshake: boolean;
}

export interface Gate {
  admit(authorization: string | undefined): Promise<GateResult>;
  /** Forgets who came in, for a request that may not be made as it was made. */
  refuse(): Refusal;
}

interface Holder {
  user: string;
  security: MessageSecurity | null;
}

/** Offers come in the order of the schemes; Windows puts Negotiate first. */
export function createGate(schemes: readonly ServerScheme[], connection: ConnectionFacts): Gate {
  const usable = schemes.filter((scheme) => connection.secure || !scheme.needsTls);
  const offers = usable.flatMap(({ offer }) => (offer === null ? [] : [offer]));
  const refused: Refusal = { admitted: false, offers, inHandshake: false };
  const handshakes = new Map<ServerScheme, ServerHandshake>();
  let held: Holder | null = null;

  return {
    refuse: () => {
      held = null;
      return refused;
    },
    admit: async (authorization) => {
      if (authorization === undefined) {
        return held === null ? refused : { admitted: true, ...held, mutual: null, isLeg: false };
      }
      // Another handshake on the connection ends what held: nobody asks under two names.
      held = null;
      const [word = '', token = ''] = authorization.trim().split(/\s+/, 2);
      const scheme = usable.find((candidate) => candidate.word.toLowerCase() === word.toLowerCase());
      if (scheme === undefined) return refused;
      const handshake = handshakes.get(scheme) ?? scheme.begin(connection);
      handshakes.set(scheme, handshake);
      const leg = await handshake.leg(token);
      if (leg.outcome === 'challenged') {
        return { admitted: false, offers: [leg.challenge], inHandshake: true };
      }
      handshakes.delete(scheme);
      if (leg.outcome === 'refused') return refused;
      const holder = { user: leg.user, security: leg.security };
      if (scheme.holdsForConnection) held = holder;
      return { admitted: true, ...holder, mutual: leg.mutual ?? null, isLeg: true };
    },
  };
}
