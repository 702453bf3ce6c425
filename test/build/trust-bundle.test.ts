import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { writeTrustBundle } from '../../src/build/trust-bundle.js';

describe('the trust bundle for Packer', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-trust-'));
    file = join(folder, 'bundle.pem');
    await writeFile(join(folder, 'system.pem'), 'SYSTEM\n');
    await writeFile(join(folder, 'own.pem'), 'OWN');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("holds the system's roots and the build's authority", async () => {
    await writeTrustBundle({
      file,
      caCertificate: 'BUILD\n',
      candidates: [join(folder, 'none.pem'), join(folder, 'system.pem')],
    });
    expect(await readFile(file, 'utf8')).to.equal('SYSTEM\nBUILD\n');
  });

  it("takes the user's own bundle in place of the system's", async () => {
    await writeTrustBundle({
      file,
      caCertificate: 'BUILD\n',
      ownBundle: join(folder, 'own.pem'),
      candidates: [join(folder, 'system.pem')],
    });
    expect(await readFile(file, 'utf8')).to.equal('OWN\nBUILD\n');
  });

  it("falls back on Node's list where the machine has none", async () => {
    await writeTrustBundle({ file, caCertificate: 'BUILD\n', candidates: [] });
    const text = await readFile(file, 'utf8');
    expect(text).to.match(/^-----BEGIN CERTIFICATE-----/);
    expect(text.endsWith('-----END CERTIFICATE-----\nBUILD\n')).to.equal(true);
  });
});
