// The server's door: who is this request from? One gate for each TCP connection, as multi-leg schemes belong to it.
import type { ServerHandshake, ServerScheme } from './scheme.js';

export type GateResult =
  | { admitted: true; user: string }
  /** `inHandshake`: the one offer is a challenge, and the connection has to stay open for its answer. */
  | { admitted: false; offers: readonly string[]; inHandshake: boolean };

/**
 * Negotiate is always on at a Windows host and offered first, also where the scheme behind it is not served: a client
 * that tries it is refused, as one with a wrong password.
 */
const negotiateOffer = 'Negotiate';

export interface Gate {
  admit(authorization: string | undefined): Promise<GateResult>;
}

export function createGate(schemes: readonly ServerScheme[], secure: boolean): Gate {
  const usable = schemes.filter((scheme) => secure || !scheme.needsTls);
  const offers = [negotiateOffer, ...usable.map((scheme) => scheme.offer)];
  const refused: GateResult = { admitted: false, offers, inHandshake: false };
  const handshakes = new Map<ServerScheme, ServerHandshake>();
  let heldUser: string | null = null;

  return {
    admit: async (authorization) => {
      if (authorization === undefined) {
        return heldUser === null ? refused : { admitted: true, user: heldUser };
      }
      heldUser = null;
      const [word = '', token = ''] = authorization.trim().split(/\s+/, 2);
      const scheme = usable.find((candidate) => candidate.word.toLowerCase() === word.toLowerCase());
      if (scheme === undefined) return refused;
      const handshake = handshakes.get(scheme) ?? scheme.begin();
      handshakes.set(scheme, handshake);
      const leg = await handshake.leg(token);
      if (leg.outcome === 'challenged') {
        return { admitted: false, offers: [leg.challenge], inHandshake: true };
      }
      handshakes.delete(scheme);
      if (leg.outcome === 'refused') return refused;
      if (scheme.holdsForConnection) heldUser = leg.user;
      return { admitted: true, user: leg.user };
    },
  };
}
