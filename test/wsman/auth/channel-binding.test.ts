import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { createHash, generateKeyPairSync, webcrypto } from 'node:crypto';
import {
  bindingDigest,
  bindingHash,
  channelBindingHash,
  endPointBinding,
} from '../../../src/wsman/auth/channel-binding.js';
import { der, oid, tag } from '../../../src/wsman/auth/der.js';
import { SecurityError } from '../../../src/wsman/auth/scheme.js';
import { assertHardened } from './hostile.js';

x509.cryptoProvider.set(webcrypto);

type SigningAlgorithm = webcrypto.AlgorithmIdentifier & { name: string; hash?: string; saltLength?: number };

async function certificate(algorithm: SigningAlgorithm, keys: webcrypto.CryptoKeyPair): Promise<Buffer> {
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=host',
    keys,
    signingAlgorithm: algorithm,
  });
  return Buffer.from(made.rawData);
}

/** One key for all of RSA: making one takes long. */
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = rsa.privateKey.export({ type: 'pkcs8', format: 'der' });
const spki = rsa.publicKey.export({ type: 'spki', format: 'der' });

async function rsaCertificate(name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS', hash: string): Promise<Buffer> {
  const keys = {
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, { name, hash }, true, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, { name, hash }, true, ['verify']),
  };
  return certificate({ name, hash, saltLength: 32 }, keys);
}

async function ecCertificate(namedCurve: string, hash: string): Promise<Buffer> {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']);
  return certificate({ name: 'ECDSA', hash }, keys);
}

async function ed25519Certificate(): Promise<Buffer> {
  const keys = await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  return certificate({ name: 'Ed25519' }, keys as webcrypto.CryptoKeyPair);
}

/** As if signed by another algorithm of the same length: nothing here checks signatures. */
function renamed(bytes: Buffer, from: string, to: string): Buffer {
  const text = bytes.toString('hex');
  expect(text).to.include(oid(from));
  return Buffer.from(text.replaceAll(oid(from), oid(to)), 'hex');
}

/** The outside of a certificate with this signature algorithm. */
const outside = (...algorithm: Buffer[]): Buffer =>
  der(tag.sequence, der(tag.sequence), der(tag.sequence, ...algorithm), der(0x03, Buffer.alloc(1)));
const name = (dotted: string): Buffer => der(tag.oid, Buffer.from(oid(dotted), 'hex'));

describe('wsman/auth/channel-binding', () => {
  const real: [what: string, make: () => Promise<Buffer>, digest: string][] = [
    ['RSA with SHA-1', () => rsaCertificate('RSASSA-PKCS1-v1_5', 'SHA-1'), 'sha256'],
    ['RSA with SHA-256', () => rsaCertificate('RSASSA-PKCS1-v1_5', 'SHA-256'), 'sha256'],
    ['RSA with SHA-384', () => rsaCertificate('RSASSA-PKCS1-v1_5', 'SHA-384'), 'sha384'],
    ['RSA with SHA-512', () => rsaCertificate('RSASSA-PKCS1-v1_5', 'SHA-512'), 'sha512'],
    ['RSASSA-PSS with SHA-1', () => rsaCertificate('RSA-PSS', 'SHA-1'), 'sha256'],
    ['RSASSA-PSS with SHA-256', () => rsaCertificate('RSA-PSS', 'SHA-256'), 'sha256'],
    ['RSASSA-PSS with SHA-384', () => rsaCertificate('RSA-PSS', 'SHA-384'), 'sha384'],
    ['RSASSA-PSS with SHA-512', () => rsaCertificate('RSA-PSS', 'SHA-512'), 'sha512'],
    ['ECDSA with SHA-1', () => ecCertificate('P-256', 'SHA-1'), 'sha256'],
    ['ECDSA with SHA-256', () => ecCertificate('P-256', 'SHA-256'), 'sha256'],
    ['ECDSA with SHA-384', () => ecCertificate('P-384', 'SHA-384'), 'sha384'],
    ['ECDSA with SHA-512', () => ecCertificate('P-521', 'SHA-512'), 'sha512'],
    ['Ed25519, which has no hash of its own', ed25519Certificate, 'sha256'],
  ];
  for (const [what, make, digest] of real) {
    it(`hashes a certificate of ${what} by ${digest}`, async () => {
      const bytes = await make();
      const hash = createHash(digest).update(bytes).digest();
      expect(endPointBinding(bytes)).to.deep.equal(
        Buffer.concat([Buffer.from('tls-server-end-point:'), hash]),
      );
    });
  }

  it('takes SHA-256 for MD5, and for what it does not know', async () => {
    const sha1 = await rsaCertificate('RSASSA-PKCS1-v1_5', 'SHA-1');
    expect(bindingDigest(renamed(sha1, '1.2.840.113549.1.1.5', '1.2.840.113549.1.1.4'))).to.equal('sha256');
    expect(bindingDigest(outside(name('1.2.3.4')))).to.equal('sha256');
  });

  it('takes the rarer hashes as they are', () => {
    expect(bindingDigest(outside(name('1.2.840.113549.1.1.14')))).to.equal('sha224');
    expect(bindingDigest(outside(name('1.2.840.113549.1.1.15')))).to.equal('sha512-224');
    expect(bindingDigest(outside(name('2.16.840.1.101.3.4.3.4')))).to.equal('sha512');
  });

  it('takes SHA-256 for RSASSA-PSS that leaves out its hash: it is SHA-1 then', () => {
    const pss = name('1.2.840.113549.1.1.10');
    expect(bindingDigest(outside(pss))).to.equal('sha256');
    expect(bindingDigest(outside(pss, der(tag.sequence)))).to.equal('sha256');
    const saltAlone = der(tag.context(2), der(0x02, Buffer.from([32])));
    expect(bindingDigest(outside(pss, der(tag.sequence, saltAlone)))).to.equal('sha256');
  });

  it('makes of it the 16 bytes that NTLM carries', async () => {
    const empty = createHash('sha256').digest();
    const data = Buffer.concat([Buffer.from('tls-server-end-point:'), empty]);
    expect(bindingHash(data).toString('hex')).to.equal('cf763932e9d2616ab952b63b584204e3');
    const bytes = await ecCertificate('P-256', 'SHA-256');
    expect(channelBindingHash(bytes)).to.deep.equal(bindingHash(endPointBinding(bytes)));
  });

  it('refuses what is no certificate, and stands hostile ones', async () => {
    expect(() => channelBindingHash(Buffer.alloc(0))).to.throw(SecurityError);
    expect(() => channelBindingHash(Buffer.from('3000', 'hex'))).to.throw(SecurityError);
    assertHardened(bindingDigest, await rsaCertificate('RSA-PSS', 'SHA-384'));
  });
});
