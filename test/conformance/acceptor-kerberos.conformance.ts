// Our client with a ticket of MIT's KDC, against an acceptor with pyspnego above MIT's GSS-API, over HTTPS.
import { expect } from 'chai';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { connect, type ConnectOptions, type WsmanClient } from '../../src/wsman/index.js';
import { startAcceptor, type Acceptor } from './support/acceptor.js';
import { debianPackages } from './support/debian.js';
import { npmKerberos } from './support/npm-kerberos.js';
import { opensslCertificate, signatures } from './support/openssl-certificate.js';
import { pythonWith } from './support/python.js';
import { realmPackages, startRealm, type Realm } from './support/realm.js';

describe('our client against MIT Kerberos', () => {
  let folder = '';
  let python: string;
  let realm: Realm | undefined;
  let ca: string;
  let tls: { cert: string; key: string };
  let acceptor: Acceptor | undefined;
  let client: WsmanClient | undefined;

  before(async function () {
    await debianPackages(this, realmPackages);
    await npmKerberos(this);
    python = await pythonWith(this, 'requirements-kerberos.txt');
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-test-'));
    tls = await opensslCertificate(folder, signatures['ECDSA with SHA-256'].args);
    ca = await readFile(tls.cert, 'utf8');
    realm = await startRealm(folder);
    Object.assign(process.env, realm.userEnvironment);
  });
  afterEach(async () => {
    client?.close();
    await acceptor?.close();
    client = acceptor = undefined;
  });
  after(async () => {
    for (const name of Object.keys(realm?.userEnvironment ?? {})) Reflect.deleteProperty(process.env, name);
    await realm?.close();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  async function start(more: Partial<ConnectOptions> = {}): Promise<WsmanClient> {
    acceptor = await startAcceptor(python, { tls }, realm!.serviceEnvironment);
    client = connect({
      ...{ host: 'localhost', port: acceptor.port, scheme: 'https', tls: { ca } },
      auth: { method: 'kerberos' },
      ...more,
    });
    return client;
  }

  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => null,
      (error: unknown) => error,
    );

  it('says what is missing where there is no ticket', async () => {
    const error = await failure((await start()).identify());

    expect(error).to.have.property('code', 'E_WSMAN_KERBEROS');
    expect(error)
      .to.have.property('message')
      .that.matches(/credential/i);
    expect(await acceptor!.seen('authenticated')).to.deep.equal([]);
  });

  describe('with a ticket', () => {
    before(() => realm!.logIn());

    for (const method of ['kerberos', 'negotiate'] as const) {
      it(`logs in with ${method}, proves the host, and asks on one connection`, async () => {
        const client = await start({ auth: { method } });

        expect(await client.identify()).to.include({ productVendor: 'acceptor' });
        const rows = await client.enumerate({ namespace: 'root/cimv2', wql: 'select * from Numbers' });
        expect(rows).to.have.length(25);
        expect(client.authenticationUsed()).to.deep.equal({ scheme: 'kerberos', sealed: false });
        expect(await acceptor!.seen('authenticated')).to.deep.equal([
          { event: 'authenticated', user: realm!.user },
        ]);
      });
    }

    it('says which name the KDC does not know', async () => {
      const error = await failure((await start({ host: '127.0.0.1' })).identify());

      expect(error).to.have.property('code', 'E_WSMAN_KERBEROS');
      expect(error).to.have.property('message').that.contains('HTTP/127.0.0.1');
    });
  });
});
