// LocalMachine\Root as the registry has it: four keys, each with a subkey for every certificate, together make up the
// one store that programs see (Microsoft's page "System Store Locations", high; the layout of a blob: public parsers).
import { X509Certificate } from 'node:crypto';
import { certificateParts, type CertificateParts } from './certificate-der.js';
import type { Facts, RegistryKeysQuery } from './facts.js';

export interface RootCertificate extends CertificateParts {
  /** SHA-1 in upper-case hexadecimal digits. */
  thumbprint: string;
  /** On one line; '' where there is none. */
  subject: string;
  issuer: string;
  /** `local`, `policy`, `enterprise` or `third-party`: Windows shows a certificate of two stores twice. */
  store: string;
}

export interface RootStore {
  certificates: RootCertificate[];
  /** Names of subkeys whose blob holds no readable certificate. */
  unreadable: string[];
  /** Why a part of the store was not read; empty where all of it was. */
  causes: string[];
}

const stores: readonly { name: string; query: RegistryKeysQuery }[] = [
  { name: 'local', query: queryOf('SOFTWARE\\Microsoft\\SystemCertificates\\ROOT\\Certificates') },
  { name: 'policy', query: queryOf('SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\ROOT\\Certificates') },
  { name: 'enterprise', query: queryOf('SOFTWARE\\Microsoft\\EnterpriseCertificates\\ROOT\\Certificates') },
  { name: 'third-party', query: queryOf('SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\Certificates') },
];

export const rootStoreQueries: readonly RegistryKeysQuery[] = stores.map(({ query }) => query);

/** CERT_CERT_PROP_ID of wincrypt.h: the certificate itself, beside properties such as its friendly name. */
const certificateProperty = 0x20;

function queryOf(key: string): RegistryKeysQuery {
  return { kind: 'registry-keys', hive: 'HKLM', key, values: [{ name: 'Blob', type: 'binary' }] };
}

/** A key that is not there is an empty store. */
export function rootStoreOf(facts: Facts): RootStore {
  const result: RootStore = { certificates: [], unreadable: [], causes: [] };
  for (const { name, query } of stores) {
    const answer = facts.registryKeys(query);
    if (!answer.known) {
      result.causes.push(answer.cause);
      continue;
    }
    for (const key of answer.value.exists ? answer.value.keys : []) {
      const certificate = certificateOf(key.values['Blob'], name);
      if (certificate === undefined) result.unreadable.push(key.name);
      else result.certificates.push(certificate);
    }
  }
  return result;
}

function certificateOf(blob: string | string[] | undefined, store: string): RootCertificate | undefined {
  if (typeof blob !== 'string' || !/^([0-9a-f]{2})+$/i.test(blob)) return undefined;
  const der = propertyOf(Buffer.from(blob, 'hex'), certificateProperty);
  const parts = der === undefined ? undefined : certificateParts(der);
  if (der === undefined || parts === undefined) return undefined;
  try {
    const read = new X509Certificate(der);
    return { ...parts, ...describeCertificate(read), store };
  } catch {
    return undefined;
  }
}

/** What names a certificate, in the form of this file. */
export function describeCertificate(
  certificate: X509Certificate,
): Pick<RootCertificate, 'thumbprint' | 'subject' | 'issuer'> {
  // Node's types say text; a certificate without a name has undefined. A name is anybody's text, with any line break.
  const line = (name: string | undefined): string =>
    (name ?? '').replaceAll('\n', ', ').replaceAll(/[\s\u0085]+/g, ' ');
  return {
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    subject: line(certificate.subject),
    issuer: line(certificate.issuer),
  };
}

/** A blob is a row of properties: id, a word without meaning, length (32 bits each, little-endian), bytes. */
function propertyOf(blob: Buffer, wanted: number): Buffer | undefined {
  for (let offset = 0; offset + 12 <= blob.length;) {
    const start = offset + 12;
    const end = start + blob.readUInt32LE(offset + 8);
    if (end > blob.length) return undefined;
    if (blob.readUInt32LE(offset) === wanted) return blob.subarray(start, end);
    offset = end;
  }
  return undefined;
}
