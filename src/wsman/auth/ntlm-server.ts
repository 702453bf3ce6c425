// NTLM of version 2 under the word Negotiate, as it is or inside SPNEGO (MS-SPNG), answered in kind. One handshake
// belongs to one connection; whatever goes wrong in it begins again at type 1.
import { decodeToken, negotiateHeader } from './negotiate-token.js';
import { createExchange, type ExchangeOptions } from './ntlm/exchange.js';
import { isNtlm, messageType } from './ntlm/layout.js';
import {
  SecurityError,
  type ConnectionFacts,
  type ServerHandshake,
  type ServerLeg,
  type ServerScheme,
} from './scheme.js';
import { createSpnegoAcceptor } from './spnego/acceptor.js';

export { ntHash } from './ntlm/keys.js';

export interface NtlmServerOptions extends ExchangeOptions {
  /** Why a login was refused, which the client is not told. */
  onRefused?: (reason: string) => void;
}

export function ntlmServer(options: NtlmServerOptions): ServerScheme {
  return {
    word: 'Negotiate',
    offer: 'Negotiate',
    needsTls: false,
    holdsForConnection: true,
    begin: (connection) => createHandshake(options, connection),
  };
}

function createHandshake(options: NtlmServerOptions, connection: ConnectionFacts): ServerHandshake {
  const ntlm = createExchange(options, connection);
  const spnego = createSpnegoAcceptor(ntlm);
  const take = (token: string): ServerLeg => {
    const bytes = decodeToken(token);
    if (!isNtlm(bytes)) return spnego.leg(bytes);
    const kind = messageType(bytes);
    if (kind === 1) {
      spnego.forget();
      return { outcome: 'challenged', challenge: negotiateHeader(ntlm.challenge(bytes)) };
    }
    if (spnego.underWay()) throw new SecurityError('NTLM without SPNEGO after NTLM inside it');
    const { user, security } = ntlm.accept(bytes);
    return { outcome: 'accepted', user, security: security.bodies };
  };
  const admit = (token: string): ServerLeg => {
    try {
      return take(token);
    } catch (error) {
      ntlm.forget();
      spnego.forget();
      if (!(error instanceof SecurityError)) throw error;
      options.onRefused?.(error.message);
      return { outcome: 'refused' };
    }
  };
  return {
    leg: (token) =>
      new Promise((resolve) => {
        resolve(admit(token));
      }),
  };
}
