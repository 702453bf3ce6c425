import { expect } from 'chai';
import { describe, it } from 'mocha';
import { PassThrough, Readable } from 'node:stream';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAuthentication, type AuthenticationRequest } from '../../src/cli/authentication.js';
import { LyncimgError } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('readAuthentication', () => {
  const folder = temporaryFolder();

  function read(more: Partial<AuthenticationRequest>): ReturnType<typeof readAuthentication> {
    return readAuthentication({
      ...{ method: 'negotiate', user: undefined, passwordFile: undefined, cert: undefined, key: undefined },
      ...{ env: { LYNCIMG_PASSWORD: 'secret' }, input: Readable.from([]), stderr: new PassThrough() },
      ...more,
    });
  }

  it('negotiates with user and password, or with the ticket of who runs this', async () => {
    expect(await read({ user: 'LYNC\\audit' })).to.deep.equal({
      ...{ method: 'negotiate', user: 'LYNC\\audit', password: 'secret' },
    });
    expect(await read({ env: {} })).to.deep.equal({ method: 'negotiate' });
    expect(await read({ method: 'kerberos', env: {} })).to.deep.equal({ method: 'kerberos' });
  });

  it('reads certificate and key, and a passphrase from the environment', async () => {
    const cert = join(folder.path, 'user.crt');
    const key = join(folder.path, 'user.key');
    await writeFile(cert, 'CERT');
    await writeFile(key, 'KEY');
    const env = { LYNCIMG_KEY_PASSPHRASE: 'phrase' };

    expect(await read({ method: 'certificate', cert, key, env })).to.deep.equal({
      ...{ method: 'certificate', cert: 'CERT', key: 'KEY', passphrase: 'phrase' },
    });
    expect(await read({ method: 'certificate', cert, key, env: {} })).to.deep.equal({
      ...{ method: 'certificate', cert: 'CERT', key: 'KEY' },
    });
  });

  const wrong: [string, Partial<AuthenticationRequest>, string][] = [
    ['NTLM without a user', { method: 'ntlm' }, 'E_USAGE'],
    ['Basic without a user', { method: 'basic' }, 'E_USAGE'],
    ['Kerberos with a user', { method: 'kerberos', user: 'x' }, 'E_USAGE'],
    ['a password file without a user', { passwordFile: 'x' }, 'E_USAGE'],
    ['a certificate for another method', { user: 'x', cert: 'x' }, 'E_USAGE'],
    ['a certificate without a key', { method: 'certificate', cert: 'x' }, 'E_USAGE'],
    ['a certificate with a user', { method: 'certificate', user: 'x', cert: 'x', key: 'x' }, 'E_USAGE'],
    [
      'a certificate that is not there',
      { method: 'certificate', cert: '/none.crt', key: '/none.key' },
      'E_WSMAN_CLIENT_CERTIFICATE',
    ],
    ['a user without a password', { user: 'x', env: {} }, 'E_PASSWORD_MISSING'],
  ];
  for (const [what, more, code] of wrong) {
    it(`refuses ${what}`, async () => {
      const error: unknown = await read(more).catch((thrown: unknown) => thrown);

      expect(error).to.be.instanceOf(LyncimgError);
      expect(error).to.include({ code, exitCode: 2 });
    });
  }
});
