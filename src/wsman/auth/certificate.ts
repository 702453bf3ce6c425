// A client certificate instead of a password (MS-WSMV 3.1.4.1.35, profile https/mutual): TLS proves it, this header
// asks the host to map it to a local account. It goes with every request.
import type { ClientScheme, ServerScheme } from './scheme.js';

/** What stands where other schemes have a word; the header has nothing else. */
export const mutualProfile = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

export function certificateClient(): ClientScheme {
  return {
    name: 'certificate',
    word: mutualProfile,
    holdsForConnection: false,
    begin: () => ({
      first: () => Promise.resolve(mutualProfile),
      next: () => Promise.resolve(null),
      accepted: () => Promise.resolve(null),
    }),
  };
}

/** Whose certificate this DER is, by the host's mappings; null where there is none. */
export type MapCertificate = (certificate: Buffer) => string | null;

/** A host does not offer it: no word of a 401 names it. */
export function certificateServer(map: MapCertificate): ServerScheme {
  return {
    word: mutualProfile,
    offer: null,
    needsTls: true,
    holdsForConnection: false,
    begin: ({ clientCertificate }) => ({
      leg: () => {
        const user = clientCertificate ? map(clientCertificate) : null;
        return Promise.resolve(
          user === null ? { outcome: 'refused' } : { outcome: 'accepted', user, security: null },
        );
      },
    }),
  };
}
