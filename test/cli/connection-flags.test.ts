import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readTls, tlsWarning } from '../../src/cli/connection-flags.js';

const sha1 = 'A1'.repeat(20);
const sha256 = 'b2'.repeat(32);

describe('readTls', () => {
  const plain = { caFile: undefined, fingerprints: undefined, min: '1.2' } as const;

  it('trusts what the system trusts, from TLS 1.2 on, unless it is told otherwise', async () => {
    expect(await readTls(plain)).to.deep.equal({ minVersion: 'TLSv1.2' });
    expect(await readTls({ ...plain, min: '1.0' })).to.deep.equal({ minVersion: 'TLSv1' });
  });

  it('takes fingerprints with and without colons, in any case', async () => {
    const colons = sha1.replaceAll(/..(?=.)/g, '$&:');

    expect(await readTls({ ...plain, fingerprints: [colons, sha256] })).to.deep.equal({
      minVersion: 'TLSv1.2',
      fingerprints: [sha1.toLowerCase(), sha256],
    });
  });

  for (const text of ['', 'AB:CD', `${sha256}00`, 'z'.repeat(64)]) {
    it(`refuses '${text.slice(0, 8)}' for a fingerprint`, async () => {
      const error: unknown = await readTls({ ...plain, fingerprints: [text] }).catch(
        (thrown: unknown) => thrown,
      );

      expect(error).to.include({ code: 'E_USAGE', exitCode: 2 });
    });
  }
});

describe('tlsWarning', () => {
  it('warns of the broken versions alone', () => {
    expect(tlsWarning('1.2')).to.equal(null);
    expect(tlsWarning('1.1')).to.match(/^TLS 1\.1 .*broken/);
  });
});
