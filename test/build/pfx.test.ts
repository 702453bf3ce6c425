import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { makeCredentials, makePassword, type Credentials } from '../../src/build/credentials.js';
import { makePfx } from '../../src/build/pfx.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('server.pfx', () => {
  const folder = temporaryFolder();
  const password = makePassword();
  let credentials: Credentials;
  let pfx: Uint8Array;

  before(async () => {
    const hosts = { addresses: ['10.1.2.3'], names: ['localhost'] };
    credentials = await makeCredentials({ hosts, run: 'r1', now: new Date() });
    pfx = makePfx({ certificate: credentials.serverCertificate, key: credentials.serverKey, password });
  });

  async function openssl(program: string, ...args: string[]): Promise<string> {
    const file = join(folder.path, 'server.pfx');
    await writeFile(file, pfx);
    // pkcs12 tells what it finds on the other stream.
    const words = [program, '-in', file, ...args].map((word) => `'${word}'`).join(' ');
    return execFileSync('sh', ['-c', `openssl ${words} 2>&1`], { encoding: 'utf8' });
  }

  it('is what Windows Server 2008 R2 reads: 3DES and SHA-1, for the key, the certificate and the seal', async () => {
    const info = await openssl('pkcs12', '-info', '-noout', '-passin', `pass:${password}`);

    expect(info.trimEnd().split('\n')).to.deep.equal([
      'MAC: sha1, Iteration 2048',
      'MAC length: 20, salt length: 8',
      'PKCS7 Encrypted data: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048',
      'Certificate bag',
      'PKCS7 Data',
      'Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048',
    ]);
  });

  it('names no newer algorithm anywhere', async () => {
    const outer = await openssl('asn1parse', '-inform', 'DER');
    // What is sealed, and in it the bag of the key.
    const safeAt = /^ *(\d+):.*OCTET STRING/m.exec(outer)?.[1] ?? '';
    const safe = await openssl('asn1parse', '-inform', 'DER', '-strparse', safeAt);
    const bagAt = /^ *(\d+):d=3 .*OCTET STRING/m.exec(safe)?.[1] ?? '';
    const bag = await openssl('asn1parse', '-inform', 'DER', '-strparse', safeAt, '-strparse', bagAt);

    expect(namesIn(outer)).to.deep.equal(['pkcs7-data', 'sha1']);
    expect(namesIn(safe)).to.deep.equal([
      ...['pkcs7-encryptedData', 'pkcs7-data', 'pbeWithSHA1And3-KeyTripleDES-CBC', 'pkcs7-data'],
    ]);
    expect(namesIn(bag)).to.deep.equal([
      ...['pkcs8ShroudedKeyBag', 'pbeWithSHA1And3-KeyTripleDES-CBC', 'localKeyID', 'Microsoft CSP Name'],
    ]);
  });

  it('gives back certificate and key, and nothing else', async () => {
    const text = await openssl('pkcs12', '-noenc', '-passin', `pass:${password}`);
    const [certificate = '', ...others] =
      text.match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g) ?? [];
    const key = /-----BEGIN PRIVATE KEY-----[^]+-----END PRIVATE KEY-----/.exec(text)?.[0] ?? '';

    // The authority would end up among the guest's trusted roots.
    expect(others).to.deep.equal([]);
    const found = new X509Certificate(certificate);
    expect(found.raw.equals(new X509Certificate(credentials.serverCertificate).raw)).to.equal(true);
    expect(found.checkPrivateKey(createPrivateKey(key))).to.equal(true);
  });

  it('sends the key where Windows can sign with SHA-256, for the exchange of keys, beside its certificate', async () => {
    const text = await openssl('pkcs12', '-noenc', '-passin', `pass:${password}`);
    const id = credentials.thumbprint.match(/../g)?.join(' ') ?? '';

    expect(text).to.contain('Microsoft CSP Name: Microsoft Enhanced RSA and AES Cryptographic Provider');
    expect(text).to.match(/Key Attributes\n +X509v3 Key Usage: 10 *\n/);
    expect([...text.matchAll(/localKeyID: (.*\S)/g)].map(([, found]) => found)).to.deep.equal([id, id]);
  });

  it('opens with its own password alone', async () => {
    const refused = await openssl('pkcs12', '-noout', '-passin', 'pass:another').catch(
      (error: unknown) => error as { stdout: string },
    );

    expect(refused).to.have.property('stdout').that.contains('invalid password');
  });

  it('is another one each time', () => {
    const again = makePfx({
      certificate: credentials.serverCertificate,
      key: credentials.serverKey,
      password,
    });

    expect(Buffer.from(again).equals(pfx)).to.equal(false);
  });
});

function namesIn(parsed: string): string[] {
  return [...parsed.matchAll(/OBJECT +:(.+)/g)].map(([, name = '']) => name);
}
