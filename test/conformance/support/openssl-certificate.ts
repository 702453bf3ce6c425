// Certificates that OpenSSL makes, signed in the ways that channel binding tells apart.
import { execa } from 'execa';
import { join } from 'node:path';

export const signatures = {
  'RSA with SHA-256': { args: ['-newkey', 'rsa:2048', '-sha256'], hash: 'sha256' },
  'RSA with SHA-384': { args: ['-newkey', 'rsa:2048', '-sha384'], hash: 'sha384' },
  'RSA with SHA-512': { args: ['-newkey', 'rsa:2048', '-sha512'], hash: 'sha512' },
  // RFC 5929 4.1: MD5 and SHA-1 are replaced.
  'RSA with SHA-1': { args: ['-newkey', 'rsa:2048', '-sha1'], hash: 'sha256' },
  'ECDSA with SHA-256': { args: elliptic('P-256', '-sha256'), hash: 'sha256' },
  'ECDSA with SHA-384': { args: elliptic('P-384', '-sha384'), hash: 'sha384' },
  'RSA-PSS with SHA-256': { args: probabilistic('-sha256'), hash: 'sha256' },
  'RSA-PSS with SHA-384': { args: probabilistic('-sha384'), hash: 'sha384' },
} as const;

function elliptic(curve: string, digest: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`, digest];
}

function probabilistic(digest: string): string[] {
  return ['-newkey', 'rsa:2048', digest, '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:-1'];
}

/** Self-signed, for 127.0.0.1 and localhost; files in `folder`. */
export async function opensslCertificate(
  folder: string,
  args: readonly string[],
): Promise<{ cert: string; key: string }> {
  const files = { cert: join(folder, 'host.crt'), key: join(folder, 'host.key') };
  await execa('openssl', [
    ...['req', '-x509', '-nodes', '-days', '2', '-subj', '/CN=acceptor', ...args],
    ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
    ...['-out', files.cert, '-keyout', files.key],
  ]);
  return files;
}
