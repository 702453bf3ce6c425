// Certificate files as .NET Framework reads them (X509Certificate2Collection.Import): DER, or PEM of which the first
// certificate counts. Its words for what is none: public reports of CryptQueryObject's errors (medium).
import { X509Certificate } from 'node:crypto';
import type { Machine } from '../machine.js';
import type { BasicModule } from './basic.js';
import { notModelled } from './reply.js';

/** DER. */
export async function readCertificateFile(
  machine: Machine,
  module: BasicModule,
  path: string,
): Promise<Buffer> {
  const content = await machine.readFile(path);
  if (content === undefined) return module.fail(`File at '${path}' either does not exist or is not a file`);
  const certificate = parse(content);
  if (certificate !== undefined) return certificate.raw;
  if (isPkcs12(content)) return module.fail(notModelled('PKCS #12 files'));
  if (isPkcs7(content)) return module.fail(notModelled('PKCS #7 files'));
  return module.fail('Failed to load cert from file: Cannot find the requested object.\r\n');
}

/** Get-CertFileType: only the extension tells a .pfx without a key from a certificate. */
export function typeOfFile(content: Buffer, path: string): 'pem' | 'der' | 'pkcs12' | 'unknown' {
  if (isPkcs12(content)) return 'pkcs12';
  if (parse(content) === undefined) return 'unknown';
  if (content.toString('latin1').startsWith('-----BEGIN CERTIFICATE-----')) return 'pem';
  return /\.(pfx|p12)$/.test(path) ? 'pkcs12' : 'der';
}

function parse(content: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(content);
  } catch {
    return undefined;
  }
}

/** A sequence that begins with the version 3 (RFC 7292). */
function isPkcs12(content: Buffer): boolean {
  const head = content.subarray(0, 16).toString('hex');
  return /^30(80|8[1-4](..){1,4}?|..)020103/.test(head);
}

/** A sequence that begins with the object identifier of signed data (RFC 2315), or its PEM. */
function isPkcs7(content: Buffer): boolean {
  const signedData = '06092a864886f70d010702';
  return (
    content.subarray(0, 24).toString('hex').includes(signedData) ||
    content.toString('latin1').startsWith('-----BEGIN PKCS7-----')
  );
}
