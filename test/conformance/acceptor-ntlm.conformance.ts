// Our client against an acceptor whose NTLM is pyspnego's: sealing both ways, channel binding, MIC, refusal.
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, before, describe, it } from 'mocha';
import { connect, type ConnectOptions, type WsmanClient } from '../../src/wsman/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { startAcceptor, type Acceptor, type AcceptorTold } from './support/acceptor.js';
import { opensslCertificate, signatures } from './support/openssl-certificate.js';
import { pythonWith } from './support/python.js';

const password = 'pässword & <more> 日本';

describe('our client against pyspnego with NTLM', () => {
  const folder = temporaryFolder();
  let python: string;
  let acceptor: Acceptor | undefined;
  let client: WsmanClient | undefined;

  before(async function () {
    python = await pythonWith(this, 'requirements.txt');
  });
  afterEach(async () => {
    client?.close();
    await acceptor?.close();
    client = acceptor = undefined;
  });

  async function start(told: AcceptorTold): Promise<Acceptor> {
    const users = join(folder.path, 'users');
    await writeFile(users, `DOMAIN:someone:${password}\n`);
    acceptor = await startAcceptor(python, told, { NTLM_USER_FILE: users });
    return acceptor;
  }

  function ask(acceptor: Acceptor, more: Partial<ConnectOptions> = {}): WsmanClient {
    client = connect({
      ...{ host: '127.0.0.1', port: acceptor.port, scheme: 'http' },
      auth: { method: 'ntlm', user: 'DOMAIN\\someone', password },
      ...more,
    });
    return client;
  }

  it('logs in with a MIC, over HTTP, and seals', async () => {
    const acceptor = await start({});
    const client = ask(acceptor);

    expect(await client.identify()).to.include({ productVendor: 'acceptor' });
    expect(client.authenticationUsed()).to.deep.equal({ scheme: 'ntlm', sealed: true });
    expect(await acceptor.seen('authenticated')).to.deep.equal([
      {
        ...{ event: 'authenticated', user: 'DOMAIN\\someone', mic: true },
        ...{ bindings: '0'.repeat(32), target: 'HTTP/127.0.0.1' },
      },
    ]);
    const messages = await acceptor.seen('message');
    expect(messages.map(({ sealed }) => sealed)).to.deep.equal([true]);
  });

  it('reads an enumeration in pages', async () => {
    const rows = await ask(await start({})).enumerate({
      namespace: 'root/cimv2',
      wql: 'select * from Numbers',
    });

    expect(rows.map((row) => row['Number'])).to.deep.equal(
      Array.from({ length: 25 }, (_, index) => `${index}`),
    );
  });

  it('keeps count through three hundred messages of 1 byte to 300 KB each way, on one connection', async () => {
    const acceptor = await start({});
    const client = ask(acceptor);

    for (let index = 0; index < 300; index++) {
      const text = textOf(index);
      const { Text } = await client.invoke({
        ...{ namespace: 'root/test', className: 'Mirror', method: 'Echo', input: { Text: text } },
      });
      if (Text !== text) expect.fail(`message ${index} came back changed`);
    }

    expect(await acceptor.seen('message')).to.have.length(300);
    expect(await acceptor.seen('authenticated')).to.have.length(1);
  });

  it('is refused once with another password, and not asked again', async () => {
    const acceptor = await start({});
    const auth = { method: 'ntlm', user: 'DOMAIN\\someone', password: 'another' } as const;
    const client = ask(acceptor, { auth });

    for (const attempt of [1, 2]) {
      const error = await client.identify().then(
        () => null,
        (cause: unknown) => cause,
      );
      expect(error, String(attempt)).to.have.property('code', 'E_WSMAN_UNAUTHORIZED');
    }
    expect(await acceptor.seen('refused')).to.have.length(1);
  });

  for (const [name, { args, hash }] of Object.entries(signatures)) {
    it(`binds to a channel whose certificate is signed by ${name}`, async () => {
      const tls = await opensslCertificate(folder.path, args);
      const acceptor = await start({ tls, hash });
      const client = ask(acceptor, { scheme: 'https', tls: { ca: await readFile(tls.cert, 'utf8') } });

      expect(await client.identify()).to.include({ productVendor: 'acceptor' });
      expect(client.authenticationUsed()).to.deep.equal({ scheme: 'ntlm', sealed: false });
      const [authenticated] = await acceptor.seen('authenticated');
      expect(authenticated).to.include({ mic: true });
      expect(authenticated?.bindings).not.to.equal('0'.repeat(32));
    });
  }

  it('is refused where the acceptor sees another channel', async () => {
    const tls = await opensslCertificate(folder.path, signatures['RSA with SHA-384'].args);
    const acceptor = await start({ tls, hash: 'sha256' });
    const client = ask(acceptor, { scheme: 'https', tls: { ca: await readFile(tls.cert, 'utf8') } });

    const error = await client.identify().then(
      () => null,
      (cause: unknown) => cause,
    );
    expect(error).to.have.property('code', 'E_WSMAN_UNAUTHORIZED');
    expect((await acceptor.seen('refused'))[0]?.reason).to.contain('bindings');
  });
});

/** The same in every run: of 1 byte to 300 KB, and not of ASCII alone. */
function textOf(index: number): string {
  const seed = createHash('sha256').update(String(index)).digest();
  const length = index % 50 === 49 ? 300_000 : 1 + (seed.readUInt32LE(0) % 10 ** (1 + (index % 5)));
  return seed
    .toString('base64')
    .concat('ü&<€')
    .repeat(Math.ceil(length / 48))
    .slice(0, length);
}
