// The server's part of SPNEGO around NTLM (RFC 4178; MS-SPNG 3.2.5): picks NTLM out of what the client offers, hands
// its tokens through, and checks at the end that the offer was not changed on its way.
import { tag } from '../der.js';
import { negotiateHeader } from '../negotiate-token.js';
import type { NtlmExchange } from '../ntlm/exchange.js';
import { messageType } from '../ntlm/layout.js';
import { SecurityError, type ServerLeg } from '../scheme.js';
import { mechanism } from './mechanisms.js';
import { decodeNegTokenInit } from './neg-token-init.js';
import { decodeNegTokenResp, encodeNegTokenResp, type NegTokenResp } from './neg-token-resp.js';

export interface SpnegoAcceptor {
  /** Throws SecurityError for what ends the handshake. */
  leg(token: Buffer): ServerLeg;
  underWay(): boolean;
  forget(): void;
}

interface Offer {
  mechTypeList: Buffer;
  /** NTLM was not the client's first choice, so it has to sign its list (RFC 4178, section 5). */
  signatureDemanded: boolean;
}

export function createSpnegoAcceptor(ntlm: NtlmExchange): SpnegoAcceptor {
  let offer: Offer | null = null;

  const begin = (token: Buffer): ServerLeg => {
    const { mechTypes, mechTypeList, mechToken } = decodeNegTokenInit(token);
    if (!mechTypes.includes(mechanism.ntlm)) throw new SecurityError('a SPNEGO offer without NTLM');
    const first = mechTypes[0] === mechanism.ntlm;
    ntlm.forget();
    // The token is for the first of the list: that of another mechanism is of no use here.
    const responseToken = first && mechToken !== null ? ntlm.challenge(mechToken) : null;
    offer = { mechTypeList, signatureDemanded: !first };
    const state = first ? 'accept-incomplete' : 'request-mic';
    return challenged({ state, supportedMech: mechanism.ntlm, responseToken });
  };

  const goOn = (token: Buffer): ServerLeg => {
    const current = offer;
    if (current === null) throw new SecurityError('a SPNEGO answer without an offer');
    const { responseToken, mechListMic } = decodeNegTokenResp(token);
    if (responseToken === null) throw new SecurityError('a SPNEGO answer without an NTLM message');
    if (messageType(responseToken) === 1) {
      return challenged({ state: 'accept-incomplete', responseToken: ntlm.challenge(responseToken) });
    }
    offer = null;
    const { user, security } = ntlm.accept(responseToken);
    if (mechListMic === null && current.signatureDemanded) {
      throw new SecurityError('a SPNEGO offer that is not signed');
    }
    let ownMic: Buffer | null = null;
    if (mechListMic !== null) {
      const { signatures } = security;
      if (signatures === null)
        throw new SecurityError('a SPNEGO signature without extended session security');
      signatures.checkMechanisms(current.mechTypeList, mechListMic);
      ownMic = signatures.signMechanisms(current.mechTypeList);
    }
    const mutual = encodeNegTokenResp({ state: 'accept-completed', mechListMic: ownMic });
    return { outcome: 'accepted', user, mutual: negotiateHeader(mutual), security: security.bodies };
  };

  return {
    leg: (token) => (token[0] === tag.application0 ? begin(token) : goOn(token)),
    underWay: () => offer !== null,
    forget: () => {
      offer = null;
    },
  };
}

function challenged(token: Partial<NegTokenResp>): ServerLeg {
  return { outcome: 'challenged', challenge: negotiateHeader(encodeNegTokenResp(token)) };
}
