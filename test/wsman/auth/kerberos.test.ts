// The shape of the package, under the test's control: real tickets are for the conformance suite.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { kerberosClient, type LoadPackage } from '../../../src/wsman/auth/kerberos.js';
import { SecurityError, type ClientHandshake } from '../../../src/wsman/auth/scheme.js';
import { connect } from '../../../src/wsman/index.js';
import { rejection } from '../rig.js';

const overTls = { secure: true, host: 'fe01.lync.example', serverCertificate: null };

interface Script {
  /** What each step gives; an Error is thrown. */
  steps: (string | Error)[];
}

function handshake({ steps }: Script): { made: ClientHandshake; asked: string[] } {
  const asked: string[] = [];
  const library = {
    ...{ GSS_MECH_OID_SPNEGO: 6, GSS_C_MUTUAL_FLAG: 2, GSS_C_SEQUENCE_FLAG: 8 },
    initializeClient: (service: string, options: unknown) => {
      asked.push(`${service} ${JSON.stringify(options)}`);
      return Promise.resolve({
        step: (challenge: string) => {
          asked.push(challenge);
          const step = steps.shift() ?? '';
          return step instanceof Error ? Promise.reject(step) : Promise.resolve(step);
        },
      });
    },
  };
  const load: LoadPackage = () => Promise.resolve({ default: library });
  return { made: kerberosClient(load).begin(overTls), asked };
}

describe('wsman/auth/kerberos', () => {
  it('sends a ticket for the HTTP service of the host, by SPNEGO and with mutual authentication', async () => {
    const { made, asked } = handshake({ steps: ['dGlja2V0', ''] });
    expect(await made.first()).to.equal('Negotiate dGlja2V0');
    expect(await made.accepted(['Negotiate cHJvb2Y='])).to.equal(null);
    expect(asked).to.deep.equal(['HTTP@fe01.lync.example {"mechOID":6,"gssFlags":10}', '', 'cHJvb2Y=']);
  });

  it('does not believe a host that does not prove who it is', async () => {
    const { made } = handshake({ steps: ['dGlja2V0'] });
    await made.first();
    expect(await rejection(made.accepted([]))).to.be.instanceOf(SecurityError);
  });

  it('goes on with further legs, and takes a challenge without a token for a no', async () => {
    const { made } = handshake({ steps: ['one', 'two'] });
    await made.first();
    expect(await made.next(['Basic realm="WSMAN"', 'Negotiate bW9yZQ=='])).to.equal('Negotiate two');
    expect(await made.next(['Negotiate'])).to.equal(null);
  });

  it('says in the library’s words why there is no ticket, on one line', async () => {
    const { made } = handshake({ steps: [new Error('No Kerberos credentials available\u001b\nmore')] });
    const error = await rejection(made.first());
    expect(error).to.include({ code: 'E_WSMAN_KERBEROS', exitCode: 3 });
    expect((error as Error).message)
      .to.contain('No Kerberos credentials available')
      .and.not.match(/\p{Cc}/u);
  });

  it('says how to install the package where it is missing, before the host is asked', async () => {
    const place = { host: '127.0.0.1', port: 1, scheme: 'https', auth: { method: 'kerberos' } } as const;
    expect(() => connect(place)).to.not.throw();
    const absent = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    const error = await rejection(
      kerberosClient(() => Promise.reject(absent))
        .begin(overTls)
        .first(),
    );
    expect(error).to.include({ code: 'E_WSMAN_KERBEROS' });
    expect(error)
      .to.have.property('suggestions')
      .that.satisfies((list: string[]) => list.join().includes('npm install kerberos'));
  });
});
