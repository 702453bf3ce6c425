// Certificates that should not be among the trusted roots, and how the registry holds one.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { createHash, webcrypto } from 'node:crypto';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface RootSubkey {
  name: string;
  values: { Blob: string };
}

/** Made once: they differ in nothing that a rule looks at. */
export interface WrongRoots {
  /** Issued by somebody else. */
  intermediate: RootSubkey;
  /** Names of ten or twelve bytes. */
  hundred: RootSubkey[];
  /** Names of more than 1,000 bytes. */
  longNamed: RootSubkey[];
  md5: RootSubkey;
}

export async function makeWrongRoots(): Promise<WrongRoots> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = (subject: string, issuer: string, serialNumber: string): Promise<Buffer> =>
    derOf({ subject, issuer, serialNumber, keys, signingAlgorithm: algorithm });
  const selfSigned = (name: string, index: number): Promise<Buffer> =>
    certificate(`CN=${name}`, `CN=${name}`, (index + 1).toString(16).padStart(4, '0'));
  const many = (count: number, nameOf: (index: number) => string): Promise<RootSubkey[]> =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => subkeyOf(await selfSigned(nameOf(index), index))),
    );
  return {
    intermediate: subkeyOf(await certificate('CN=Issuing authority', 'CN=Root authority', '01')),
    hundred: await many(100, String),
    longNamed: await many(20, (index) => `${'long '.repeat(200)}${String(index)}`),
    md5: subkeyOf(await signedWithMd5()),
  };
}

/** A certificate as a store of the registry holds it: properties of id, 1, length and bytes; 3 is the hash, 32 the DER. */
function subkeyOf(der: Buffer): RootSubkey {
  const hash = createHash('sha1').update(der).digest();
  const property = (id: number, bytes: Buffer): Buffer => {
    const head = Buffer.alloc(12);
    head.writeUInt32LE(id, 0);
    head.writeUInt32LE(1, 4);
    head.writeUInt32LE(bytes.length, 8);
    return Buffer.concat([head, bytes]);
  };
  const blob = Buffer.concat([property(3, hash), property(32, der)]);
  return { name: hash.toString('hex').toUpperCase(), values: { Blob: blob.toString('hex') } };
}

/** The name of the algorithm alone is MD5's, one byte apart from SHA-256's: nobody verifies how a root signed itself. */
async function signedWithMd5(): Promise<Buffer> {
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(
    { ...rsa, modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  );
  const name = 'CN=Old authority';
  const der = await derOf({
    ...{ subject: name, issuer: name, serialNumber: '02', keys, signingAlgorithm: rsa },
  });
  const hex = der.toString('hex').replaceAll('2a864886f70d01010b', '2a864886f70d010104');
  return Buffer.from(hex, 'hex');
}

async function derOf(options: {
  subject: string;
  issuer: string;
  serialNumber: string;
  keys: webcrypto.CryptoKeyPair;
  signingAlgorithm: { name: string; hash: string };
}): Promise<Buffer> {
  const { subject, issuer, serialNumber, keys, signingAlgorithm } = options;
  const made = await x509.X509CertificateGenerator.create({
    ...{ subject, issuer, serialNumber, signingAlgorithm },
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2040-01-01'),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return Buffer.from(made.rawData);
}
