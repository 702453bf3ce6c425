// Binds a login to the TLS connection it goes over (RFC 5929, tls-server-end-point): a man in the middle has another
// certificate, so what a client proves to him is worth nothing at the host.
import { createHash } from 'node:crypto';
import { DerReader, oid, readOnly, tag } from './der.js';

/** What NTLM carries of a TLS connection whose server has this certificate (DER). SecurityError where it is none. */
export function channelBindingHash(certificate: Buffer): Buffer {
  return bindingHash(endPointBinding(certificate));
}

/** MD5 over a gss_channel_bindings_struct without addresses (RFC 2744, 3.11; MS-NLMP 2.2.2.1). */
export function bindingHash(applicationData: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32LE(applicationData.length, 16);
  return createHash('md5').update(head).update(applicationData).digest();
}

/** `tls-server-end-point:` and the certificate's hash. */
export function endPointBinding(certificate: Buffer): Buffer {
  const digest = createHash(bindingDigest(certificate)).update(certificate).digest();
  return Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), digest]);
}

type Digest = 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'sha512-224' | 'sha512-256';

/**
 * By which the certificate is signed, and SHA-256 for MD5 and SHA-1 (RFC 5929, 4.1). Signatures without a hash of
 * their own (Ed25519) are left open there; SHA-256 is what other clients take.
 */
export function bindingDigest(certificate: Buffer): Digest {
  const outer = new DerReader(readOnly(certificate, tag.sequence).content);
  outer.expect(tag.sequence);
  const algorithm = new DerReader(outer.expect(tag.sequence).content);
  const name = algorithm.expect(tag.oid).content.toString('hex');
  if (name === rsassaPss)
    return algorithm.done ? 'sha256' : pssDigest(algorithm.expect(tag.sequence).content);
  return signatures.get(name) ?? 'sha256';
}

/** RSASSA-PSS-params (RFC 4055, 3.1): the hash is the first, and SHA-1 when it is left out. */
function pssDigest(parameters: Buffer): Digest {
  const hash = new DerReader(parameters).optional(tag.context(0));
  if (hash === null) return 'sha256';
  const algorithm = new DerReader(readOnly(hash.content, tag.sequence).content);
  return hashes.get(algorithm.expect(tag.oid).content.toString('hex')) ?? 'sha256';
}

const rsassaPss = oid('1.2.840.113549.1.1.10');

/** Those that are not SHA-256 in the end. */
const hashes: ReadonlyMap<string, Digest> = new Map([
  [oid('2.16.840.1.101.3.4.2.2'), 'sha384'],
  [oid('2.16.840.1.101.3.4.2.3'), 'sha512'],
  [oid('2.16.840.1.101.3.4.2.4'), 'sha224'],
  [oid('2.16.840.1.101.3.4.2.5'), 'sha512-224'],
  [oid('2.16.840.1.101.3.4.2.6'), 'sha512-256'],
]);

const signatures: ReadonlyMap<string, Digest> = new Map([
  // RSA (RFC 8017, A.2.4)
  [oid('1.2.840.113549.1.1.12'), 'sha384'],
  [oid('1.2.840.113549.1.1.13'), 'sha512'],
  [oid('1.2.840.113549.1.1.14'), 'sha224'],
  [oid('1.2.840.113549.1.1.15'), 'sha512-224'],
  [oid('1.2.840.113549.1.1.16'), 'sha512-256'],
  // ECDSA (RFC 5758, 3.2)
  [oid('1.2.840.10045.4.3.1'), 'sha224'],
  [oid('1.2.840.10045.4.3.3'), 'sha384'],
  [oid('1.2.840.10045.4.3.4'), 'sha512'],
  // DSA (RFC 5758, 3.1)
  [oid('2.16.840.1.101.3.4.3.1'), 'sha224'],
  [oid('2.16.840.1.101.3.4.3.3'), 'sha384'],
  [oid('2.16.840.1.101.3.4.3.4'), 'sha512'],
]);
