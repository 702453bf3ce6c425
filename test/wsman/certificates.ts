// Certificates for tests: an authority, and a server certificate signed by it.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 24 * 60 * 60 * 1000;

export interface TestCertificates {
  /** PEM */
  ca: string;
  cert: string;
  key: string;
  /** Of the authority. */
  caKey: string;
}

/** `names` are what the server certificate is for; it is out of date when `expired`, and a client's when `client`. */
export async function makeCertificates(
  options: { names?: x509.JsonGeneralNames; expired?: boolean; caName?: string; client?: boolean } = {},
): Promise<TestCertificates> {
  const names = options.names ?? [
    { type: 'ip', value: '127.0.0.1' },
    { type: 'dns', value: 'localhost' },
  ];
  const notBefore = new Date(Date.now() - 2 * day);
  const notAfter = new Date(Date.now() + (options.expired === true ? -day : day));
  const caKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const caName = `CN=${options.caName ?? 'test authority'}`;
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: caName,
    keys: caKeys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 2 * day),
    notAfter: new Date(Date.now() + day),
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.create({
    subject: 'CN=test server',
    issuer: caName,
    signingKey: caKeys.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    notBefore,
    notAfter,
    extensions: [
      new x509.SubjectAlternativeNameExtension(names),
      new x509.ExtendedKeyUsageExtension([
        options.client === true ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth,
      ]),
    ],
  });
  const keyText = async (key: webcrypto.CryptoKey): Promise<string> =>
    x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
  return {
    ca: ca.toString('pem'),
    cert: cert.toString('pem'),
    key: await keyText(keys.privateKey),
    caKey: await keyText(caKeys.privateKey),
  };
}
