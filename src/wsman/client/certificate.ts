// What the client has to say about certificates: are the given authorities usable, why was a server's refused.
import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import { fail, type FactsOf } from '../../errors/index.js';

type CertificateFacts = NonNullable<FactsOf<'E_WSMAN_CERTIFICATE'>['certificate']>;

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Node ignores what it cannot read in a CA text and then trusts nobody: say so before connecting. */
export function assertAuthorities(pem: string): void {
  const blocks = pem.match(pemBlock);
  if (blocks === null) throw fail('E_WSMAN_CA', { reason: 'there is no certificate in PEM form in them' });
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch (cause) {
      const reason = `certificate ${index + 1} of ${blocks.length} cannot be read`;
      throw fail('E_WSMAN_CA', { reason }, { cause });
    }
  }
}

export function certificateFacts(certificate: PeerCertificate): CertificateFacts | null {
  // Node gives an empty object where there is no certificate.
  if (Object.keys(certificate).length === 0) return null;
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: printable(certificate.subjectaltname ?? ''),
    validFrom: certificate.valid_from,
    validTo: certificate.valid_to,
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
  };
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['OTHER_FINGERPRINT', 'it has none of the fingerprints that were given'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'it is signed by itself and is not among the trusted ones'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its authority is not trusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its authority is not trusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'its authority is not trusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its authority is not trusted'],
  ['CERT_SIGNATURE_FAILURE', 'it was not signed by the trusted authority of that name'],
  ['CERT_HAS_EXPIRED', 'it has expired'],
  ['CERT_NOT_YET_VALID', 'it is not valid yet'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'it does not name this address'],
]);

export function certificateReason(code: string): string {
  return reasons.get(code) ?? `OpenSSL says ${code}`;
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  const parts = Object.entries(name ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  return parts.length === 0 ? 'nobody' : printable(parts.join(', '));
}

/** A certificate's text is the other side's: nothing of it may steer a terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?').slice(0, 500);
}
