import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { readAnswerDisc } from '../../src/twin/answer-disc.js';
import { makeCertificates, type CertificateSet } from '../../src/twin/certificate.js';

const password = 'Passw0rd!x';

describe('answer disc', () => {
  let folder: string;
  let set: CertificateSet;
  let other: CertificateSet;
  before(async () => {
    set = await makeCertificates(new Date());
    other = await makeCertificates(new Date());
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-answer-'));
    await put('answer.json', '{"label":"LYNCIMG","format":1,"later":true}\n');
    await put('ca.crt', set.ca);
    await put('server.crt', set.cert);
    await put('server.key', set.key);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  const refused = async (given: string | undefined = password): Promise<LyncimgError> => {
    try {
      await readAnswerDisc(folder, given);
    } catch (error) {
      if (error instanceof LyncimgError) return error;
      throw error;
    }
    throw new Error('it was taken');
  };

  it('brings certificate and key; the password comes beside it', async () => {
    expect(await readAnswerDisc(folder, password)).to.deep.equal({ ...set, password });
  });

  for (const name of ['answer.json', 'ca.crt', 'server.crt', 'server.key'])
    it(`needs ${name}`, async () => {
      await rm(join(folder, name));
      const error = await refused();
      expect(error.code).to.equal('E_TWIN_ANSWER');
      expect(error.message).to.contain(`it has no ${name}`);
      expect(error.exitCode).to.equal(2);
    });

  it('needs the label and the format', async () => {
    for (const text of ['{"label":"OTHER","format":1}', '{"label":"LYNCIMG","format":2}', '[]', 'text']) {
      await put('answer.json', text);
      expect((await refused()).code, text).to.equal('E_TWIN_ANSWER');
    }
  });

  it('needs a key that fits, and a certificate of its own authority', async () => {
    await put('server.key', other.key);
    expect((await refused()).message).to.contain('does not belong');
    await put('server.key', set.key);
    await put('ca.crt', other.ca);
    expect((await refused()).message).to.contain('was not signed');
  });

  it('quotes nothing of what it could not read', async () => {
    await put('server.key', 'my-secret-text');
    const error = await refused();
    expect(error.message).to.not.contain('my-secret');
    expect(error.cause).to.equal(undefined);
  });

  it('needs a password that an account could have, and does not show it', async () => {
    const missing = await readAnswerDisc(folder, undefined).catch((error: unknown) => error);
    expect(missing).to.have.property('code', 'E_TWIN_PASSWORD');
    const short = await refused('tiny!');
    expect(short.code).to.equal('E_TWIN_PASSWORD');
    expect(short.message).to.not.contain('tiny!');
  });
});
