// Packer has no option for a CA file. Its Go runtime reads SSL_CERT_FILE (Linux only) instead of the system's roots,
// so the file must hold both: the roots that Packer may need for its own downloads, and the build's CA.
import { readFile, writeFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

/** Where Linux distributions keep the bundle, in the order in which Go's crypto/x509 looks (root_linux.go). */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

export interface TrustBundleOptions {
  /** Where to write. */
  file: string;
  caCertificate: string;
  /** The user's own SSL_CERT_FILE, which then stands for the system's roots. */
  ownBundle?: string | undefined;
  candidates?: string[];
}

export async function writeTrustBundle(options: TrustBundleOptions): Promise<void> {
  const candidates = [
    ...(options.ownBundle ? [options.ownBundle] : []),
    ...(options.candidates ?? systemBundles),
  ];
  const roots = await firstReadable(candidates);
  await writeFile(options.file, `${roots.trimEnd()}\n${options.caCertificate}`, { mode: 0o644 });
}

/** A machine without ca-certificates has Mozilla's list all the same: Node carries it. */
async function firstReadable(candidates: string[]): Promise<string> {
  for (const candidate of candidates) {
    try {
      return await readFile(candidate, 'utf8');
    } catch {
      continue; // not this distribution's place
    }
  }
  return rootCertificates.join('\n');
}
