// What one layer's build trusts and is trusted by: a certificate authority that signs one certificate and is then
// forgotten (its key never leaves this function), and a random administrator password.
// RSA 2048 with SHA-256 is what all sides take: Schannel of Windows Server 2012 R2, Go and OpenSSL of 2023.
import 'reflect-metadata'; // before @peculiar/x509, whose container needs it
import { randomBytes, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { guestName } from '../render/index.js';

export interface Credentials {
  /** PEM; what clients of the guest must trust, and nothing else needs to. */
  caCertificate: string;
  serverCertificate: string;
  /** PEM, PKCS #8; secret. */
  serverKey: string;
  /** Secret. */
  password: string;
  /** SHA-1 of the server certificate in upper-case hex, as Windows names certificates. */
  thumbprint: string;
}

export interface CredentialOptions {
  /** All addresses and names under which the guest may be reached. */
  hosts: { addresses: readonly string[]; names: readonly string[] };
  /** A label for people that look at the certificate: the run. */
  run: string;
  now: Date;
}

const hour = 3_600_000;
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

/** Makes everything that one guest needs to be reached safely. */
export async function makeCredentials({ hosts, run, now }: CredentialOptions): Promise<Credentials> {
  const [ca, server] = await Promise.all([makeKeys(), makeKeys()]);
  // A fresh virtual machine's clock may be off by its time zone in either direction until it has synchronised.
  const notBefore = new Date(now.getTime() - 24 * hour);
  const notAfter = new Date(now.getTime() + 72 * hour);
  const validity = { notBefore, notAfter, signingAlgorithm: rsa };
  const issuer = `CN=lyncimg build ${run}`;

  const caCertificate = await X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    subject: issuer,
    issuer,
    publicKey: ca.publicKey,
    signingKey: ca.privateKey,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(ca.publicKey),
    ],
  });
  const serverCertificate = await X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    // A name that is the same for all guests: the listener must be told it, and clients do not go by it.
    subject: `CN=${guestName}`,
    issuer,
    publicKey: server.publicKey,
    signingKey: ca.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...hosts.addresses.map((value) => ({ type: 'ip' as const, value })),
        ...[...hosts.names, guestName].map((value) => ({ type: 'dns' as const, value })),
      ]),
      await SubjectKeyIdentifierExtension.create(server.publicKey),
      await AuthorityKeyIdentifierExtension.create(ca.publicKey),
    ],
  });

  const serverPem = serverCertificate.toString('pem');
  return {
    caCertificate: `${caCertificate.toString('pem')}\n`,
    serverCertificate: `${serverPem}\n`,
    serverKey: await privateKeyPem(server.privateKey),
    password: makePassword(),
    thumbprint: new NodeCertificate(serverPem).fingerprint.replaceAll(':', ''),
  };
}

/** 32 letters and digits with all three sorts among them: Windows' complexity rule, and nothing to quote anywhere. */
export function makePassword(random: (size: number) => Uint8Array = randomBytes): string {
  for (;;) {
    const password = Buffer.from(random(64))
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 32);
    const sorts = [/[A-Z]/, /[a-z]/, /[0-9]/].every((sort) => sort.test(password));
    if (password.length === 32 && sorts) return password;
  }
}

async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
}

/** 16 random bytes with the top bit off: a positive DER integer, which strict readers insist on. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}
