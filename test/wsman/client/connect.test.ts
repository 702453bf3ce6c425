// Client against server in one process, over TLS.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LyncimgError } from '../../../src/errors/index.js';
import { certificateServer, connect, WsmanFault, type CimInstance } from '../../../src/wsman/index.js';
import { passwordSchemes } from '../../helpers/password-schemes.js';
import { makeCertificates } from '../certificates.js';
import { password, rejection, startRig, user } from '../rig.js';
import { serviceInstance, toyHandler } from '../toy-handler.js';

const services = { namespace: 'root/cimv2', wql: 'select * from Win32_Service' };

describe('wsman/client/connect', () => {
  it('identifies a host, with and without the password', async () => {
    const rig = await startRig();
    const client = rig.client();
    expect(client.host).to.equal(`127.0.0.1:${rig.port}`);
    expect(await client.identify()).to.include({ productVendor: 'toy' });
    expect(rig.tries()).to.equal(1);
    const known = await client.identify({ unauthenticated: true });
    expect(known.productVersion).to.equal('OS: 0.0.0 SP: 0.0 Stack: 3.0');
    expect(rig.tries()).to.equal(1);
  });

  it('enumerates in class form', async () => {
    const rig = await startRig();
    const rows = await rig.client().enumerate(services);
    expect(rows.map(({ Name }) => Name)).to.deep.equal(['Dnscache', 'W32Time', 'WinRM']);
    expect(rows[0]).to.deep.equal({
      ExitCode: null,
      Name: 'Dnscache',
      ProcessId: '4',
      Started: 'true',
      State: 'Running',
    });
  });

  it('enumerates in fragment form, and what has no instances', async () => {
    const fragments = await startRig({ handler: toyHandler({ projection: ['State', 'name'] }) });
    expect((await fragments.client().enumerate(services))[0]).to.deep.equal({
      Name: 'Dnscache',
      State: 'Running',
    });
    const nothing = await startRig({ handler: toyHandler({ instances: [] }) });
    expect(await nothing.client().enumerate(services)).to.deep.equal([]);
  });

  it('sends the query as it is, whatever stands in it', async () => {
    const handler = toyHandler();
    let seen: unknown;
    handler.enumerate = (request) => {
      seen = request;
      return Promise.resolve({ instances: [], projection: null });
    };
    const rig = await startRig({ handler });
    const wql = "select Name from CIM_DataFile where Name='c:\\\\a & b' and Size < 5";
    await rig.client().enumerate({ namespace: 'root/cimv2', wql });
    expect(seen).to.deep.equal({
      ...{ namespace: 'root/cimv2', className: null, wql },
      caller: { user: 'Administrator', address: '127.0.0.1' },
    });
  });

  /** More than one page of the largest envelope. */
  const many: CimInstance[] = Array.from({ length: 1000 }, (_, index) =>
    serviceInstance(`service ${index}`, `é${'x'.repeat(200)}`),
  );

  it('pulls all pages, in order, and each instance once', async () => {
    const rig = await startRig({ handler: toyHandler({ instances: many }) });
    const rows = await rig.client().enumerate(services);
    expect(rows.map(({ Name }) => Name)).to.deep.equal(many.map(({ properties }) => properties['Name']));
  });

  it('releases the enumeration when the caller stops early', async () => {
    const rig = await startRig({ handler: toyHandler({ instances: many }), limits: { maxEnumerations: 1 } });
    const client = rig.client();
    for (let round = 0; round < 3; round++) {
      for await (const row of client.instances(services)) {
        expect(row['Name']).to.equal('service 0');
        break;
      }
    }
  });

  it('tells that an enumeration became too old', async () => {
    let time = 0;
    const rig = await startRig({ handler: toyHandler({ instances: many }), now: () => time });
    const rows = rig.client().instances(services);
    await rows.next();
    time = 240_001;
    const rest = async (): Promise<void> => {
      for await (const row of rows) expect(row).to.not.equal(null);
    };
    const facts = { code: 2150858779, name: 'INVALID_ENUMERATION_CONTEXT' };
    expect(await rejection(rest()))
      .to.nested.include({ code: 'E_WSMAN_FAULT' })
      .and.to.have.property('facts')
      .that.includes(facts);
  });

  it('calls methods with parameters', async () => {
    const rig = await startRig();
    const call = {
      namespace: 'root/cimv2',
      className: 'StdRegProv',
      method: 'GetMultiStringValue',
      input: {},
    };
    expect(await rig.client().invoke(call)).to.deep.equal({ ReturnValue: '0', sValue: ['a', 'b'] });
  });

  it('gives the innermost code of a fault, its name, and the host’s text on one line', async () => {
    const rig = await startRig();
    const error = await rejection(
      rig.client().enumerate({ ...services, wql: 'select * from Win32_Nothing' }),
    );
    expect(error).to.include({ code: 'E_WSMAN_CLASS_ABSENT', exitCode: 3 });
    expect(error).to.have.property('facts').that.includes({
      code: 2147749904,
      name: 'WBEM_INVALID_CLASS',
      text: 'The class is not there.',
    });
    expect((error as Error).message).to.contain('"select * from Win32_Nothing"');
  });

  it('goes on after a fault, on the same connection', async () => {
    const rig = await startRig();
    const client = rig.client();
    await rejection(client.enumerate({ ...services, wql: 'Win32_Nothing' }));
    expect(await client.enumerate(services)).to.have.length(3);
  });

  it('says what to do when the user has no rights', async () => {
    const handler = toyHandler();
    handler.enumerate = () => Promise.reject(new WsmanFault('ACCESS_DENIED'));
    const rig = await startRig({ handler });
    const error = await rejection(rig.client().enumerate(services));
    expect(error).to.include({ code: 'E_WSMAN_ACCESS_DENIED' });
    expect((error as LyncimgError).suggestions.join(' ')).to.contain('LocalAccountTokenFilterPolicy');
  });

  it('tries a wrong password once, and not again for what is asked next or at the same time', async () => {
    const rig = await startRig();
    const client = rig.client({ auth: { method: 'ntlm', user, password: 'wrong' } });
    const [first, second] = await Promise.all([
      rejection(client.identify()),
      rejection(client.enumerate(services)),
    ]);
    expect(first).to.include({ code: 'E_WSMAN_UNAUTHORIZED', exitCode: 3 });
    expect(second).to.equal(first);
    expect(await rejection(client.identify())).to.equal(first);
    expect(rig.tries()).to.equal(1);
    expect((first as Error).message)
      .to.contain('Basic realm="WSMAN"')
      .and.contain('by ntlm')
      .and.not.contain('wrong');
  });

  for (const auth of [
    { method: 'basic', user: 'u', password: 'secret word' },
    { method: 'certificate', cert: 'c', key: 'secret word' },
    { method: 'kerberos' },
    { method: 'negotiate' },
  ] as const) {
    it(`refuses ${JSON.stringify(Object.keys(auth))} by ${auth.method} over plain HTTP before anything is sent`, () => {
      const open = (): unknown => connect({ host: 'h', port: 5985, scheme: 'http', auth });
      expect(open).to.throw('nothing was sent').with.property('code', 'E_WSMAN_PLAIN_HTTP');
      expect(open).to.throw().with.property('exitCode', 2);
      expect(open).to.not.throw('secret word');
    });
  }

  it('says that Basic is not offered where it is not, and does not call it a refusal', async () => {
    const rig = await startRig({ schemes: passwordSchemes({ user, password }).slice(0, 1) });
    const error = await rejection(rig.client({ auth: { method: 'basic', user, password } }).identify());
    expect(error).to.include({ code: 'E_WSMAN_NOT_OFFERED', exitCode: 3 });
    expect((error as Error).message).to.contain('It offers: Negotiate');
  });

  it('seals all messages over plain HTTP, and says how it came in', async () => {
    const rig = await startRig({ plain: true, handler: toyHandler({ instances: many }) });
    const client = rig.client();
    expect(client.authenticationUsed()).to.equal(null);
    expect(await client.enumerate(services)).to.have.length(many.length);
    expect(client.authenticationUsed()).to.deep.equal({ scheme: 'ntlm', sealed: true });
    expect(rig.tries()).to.equal(1);
  });

  it('lets TLS protect the messages where there is TLS', async () => {
    const client = (await startRig()).client();
    await client.identify();
    expect(client.authenticationUsed()).to.deep.equal({ scheme: 'ntlm', sealed: false });
  });

  it('comes in by a client certificate that the host maps to an account', async () => {
    const own = await makeCertificates({ client: true });
    const rig = await startRig({ clientCa: own.ca, schemes: [certificateServer(() => 'Administrator')] });
    const auth = { method: 'certificate', cert: own.cert, key: own.key } as const;
    const client = rig.client({ auth });
    await client.identify();
    expect(client.authenticationUsed()).to.deep.equal({ scheme: 'certificate', sealed: false });
    const stranger = await makeCertificates({ client: true });
    const other = rig.client({ auth: { ...auth, cert: stranger.cert, key: stranger.key } });
    expect(await rejection(other.identify())).to.include({ code: 'E_WSMAN_UNAUTHORIZED' });
  });

  it('takes no certificate that is none, and no key of another', async () => {
    const { cert, key } = await makeCertificates();
    const other = await makeCertificates();
    for (const pair of [
      { cert: 'no certificate', key },
      { cert, key: other.key },
    ]) {
      const auth = { method: 'certificate', ...pair } as const;
      expect(() => connect({ host: 'h', port: 5986, scheme: 'https', auth }))
        .to.throw()
        .with.property('code', 'E_WSMAN_CLIENT_CERTIFICATE');
    }
  });

  it('takes no CA file without a certificate', async () => {
    const { ca } = await makeCertificates();
    const auth = { method: 'ntlm', user: 'u', password: 'p' } as const;
    const open = (pem: string): unknown =>
      connect({ host: 'h', port: 5986, scheme: 'https', auth, tls: { ca: pem } });
    for (const pem of ['', 'no certificate', `${ca}\n${ca.replace(/^[A-Za-z0-9+/=]{60,}$/m, 'AAAA')}`]) {
      expect(() => open(pem))
        .to.throw()
        .with.property('code', 'E_WSMAN_CA');
    }
  });
});
