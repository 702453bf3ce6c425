import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { writeAnswerFolder } from '../../src/build/answer.js';

const credentials = {
  caCertificate: 'CA',
  serverCertificate: 'CERT',
  serverKey: 'KEY',
  password: 'Secret0Secret0',
  thumbprint: 'AB',
};

describe('the answer folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'lyncimg-answer-')), 'answer');
  });

  afterEach(async () => {
    await rm(join(folder, '..'), { recursive: true });
  });

  it("holds the label, the certificates and the key, each for its owner's eyes only", async () => {
    await writeAnswerFolder(folder, credentials);

    expect((await readdir(folder)).sort()).to.deep.equal([
      'answer.json',
      'ca.crt',
      'server.crt',
      'server.key',
    ]);
    expect(JSON.parse(await readFile(join(folder, 'answer.json'), 'utf8'))).to.deep.equal({
      label: 'LYNCIMG',
      format: 1,
    });
    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
    for (const name of await readdir(folder)) {
      expect((await stat(join(folder, name))).mode & 0o777, name).to.equal(0o600);
      expect(await readFile(join(folder, name), 'utf8')).to.not.include(credentials.password);
    }
  });

  it('is never written over another one', async () => {
    await writeAnswerFolder(folder, credentials);
    const again = await writeAnswerFolder(folder, credentials).catch((error: unknown) => error);
    expect(again).to.have.property('code', 'EEXIST');
  });
});
