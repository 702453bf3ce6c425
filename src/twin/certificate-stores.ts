// The machine's certificate stores. A logical store shows several physical ones, each a key of the registry; a
// certificate is a subkey named by its thumbprint with a serialised element in `Blob`. Paths: Microsoft's page of
// system store locations (high); the blob's form {id, 1, length, bytes}: public parsers (high).
import { createHash } from 'node:crypto';
import type { Guest } from './guest.js';
import type { CertificateOutcome } from './outcomes.js';
import type { RegistryRows } from './registry-table.js';
import type { RegistryData, StoredCertificate } from './state.js';

/** Stores of a fresh machine, as the registry spells them. */
const storeNames = [
  'AuthRoot',
  'CA',
  'Disallowed',
  'MY',
  'Remote Desktop',
  'ROOT',
  'SmartCardRoot',
  'trust',
  'TrustedPeople',
  'TrustedPublisher',
];

const roots: Readonly<Record<Exclude<StoredCertificate['place'], 'third-party'>, string>> = {
  local: 'HKLM\\SOFTWARE\\Microsoft\\SystemCertificates',
  policy: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates',
  enterprise: 'HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates',
};

/** CERT_SHA1_HASH_PROP_ID and CERT_CERT_PROP_ID of wincrypt.h. */
const sha1Property = 3;
const certificateProperty = 0x20;

/** Upper-case SHA-1, as Windows names a certificate. */
export function thumbprintOf(der: Uint8Array): string {
  return createHash('sha1').update(der).digest('hex').toUpperCase();
}

/** As the registry spells it; undefined when there is no such store. */
export function storeName(name: string): string | undefined {
  return storeNames.find((each) => each.toLowerCase() === name.toLowerCase());
}

/** What a program sees that opens the store: certificates of all its physical stores, the machine's own first. */
export function storeCertificates(guest: Guest, name: string): Buffer[] | undefined {
  const store = storeName(name);
  if (store === undefined) return undefined;
  return guest.state.certificates.filter((each) => isIn(each, store)).map(derOf);
}

/** False when it is there already. */
export function addCertificate(guest: Guest, name: string, der: Uint8Array): boolean {
  const store = storeName(name);
  if (store === undefined) return false;
  const thumbprint = thumbprintOf(der);
  if (guest.state.certificates.some((each) => isIn(each, store) && thumbprintOf(derOf(each)) === thumbprint))
    return false;
  const base64 = Buffer.from(der).toString('base64');
  guest.state.certificates.push(
    store === 'AuthRoot'
      ? { store: 'ROOT', place: 'third-party', base64 }
      : { store, place: 'local', base64 },
  );
  return true;
}

/** Group policy's store is read-only to everybody else (general knowledge, medium). */
export function removeCertificate(guest: Guest, name: string, thumbprint: string): CertificateOutcome {
  const store = storeName(name) ?? '';
  const found = guest.state.certificates.find(
    (each) => isIn(each, store) && thumbprintOf(derOf(each)) === thumbprint.toUpperCase(),
  );
  if (found?.place === 'policy')
    return {
      ok: false,
      error: { id: 'CryptographicException', hresult: '0x80070005', message: 'Access is denied.' },
    };
  guest.state.certificates = guest.state.certificates.filter((each) => each !== found);
  return { ok: true };
}

export function certificateKeys(guest: Guest): RegistryRows {
  return [
    ...Object.values(roots).flatMap((root) =>
      storeNames.map((store) => [`${root}\\${store}\\Certificates`, {}] as const),
    ),
    ...guest.state.certificates.map((each) => {
      const der = derOf(each);
      return [`${physicalStore(each)}\\Certificates\\${thumbprintOf(der)}`, { Blob: blobOf(der) }] as const;
    }),
  ];
}

function isIn({ store, place }: StoredCertificate, name: string): boolean {
  return store === name || (name === 'AuthRoot' && store === 'ROOT' && place === 'third-party');
}

function physicalStore({ store, place }: StoredCertificate): string {
  return place === 'third-party' ? `${roots.local}\\AuthRoot` : `${roots[place]}\\${store}`;
}

function derOf({ base64 }: StoredCertificate): Buffer {
  return Buffer.from(base64, 'base64');
}

function blobOf(der: Buffer): RegistryData {
  const hash = createHash('sha1').update(der).digest();
  const data = Buffer.concat([property(sha1Property, hash), property(certificateProperty, der)]);
  return { type: 'binary', data: data.toString('hex') };
}

function property(id: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(id, 0);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(bytes.length, 8);
  return Buffer.concat([head, bytes]);
}
