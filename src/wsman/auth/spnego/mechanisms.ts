// What SPNEGO chooses from (RFC 4178, 4.2.1), by the identifiers of MS-SPNG 1.9.
import { oid } from '../der.js';

/** Content octets in hex. */
export const mechanism = {
  ntlm: oid('1.3.6.1.4.1.311.2.2.10'),
  kerberos: oid('1.2.840.113554.1.2.2'),
  /** A mistake of Windows 2000 that stayed. */
  msKerberos: oid('1.2.840.48018.1.2.2'),
} as const;

export const spnego = oid('1.3.6.1.5.5.2');
