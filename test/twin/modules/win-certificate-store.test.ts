import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { thumbprintOf } from '../../../src/twin/certificate-stores.js';
import { freshCertificates } from '../../../src/twin/made-up-roots.js';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

const der = Buffer.from(freshCertificates()[0]?.base64 ?? '', 'base64');
const thumbprint = thumbprintOf(der);
const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;

describe('win_certificate_store', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine({
      change: (state) => {
        state.certificates = [];
      },
    });
    machine.makeFolder('C:\\certs');
    machine.writeFile('C:\\certs\\root.cer', der);
    machine.writeFile('C:\\certs\\root.pem', Buffer.from(pem));
  });
  const ask = async (args: JsonObject, check = false): Promise<JsonObject> => {
    const answer = await callModule(machine, 'ansible.windows.win_certificate_store', args, { check });
    return answer.result;
  };
  const held = (store = 'Root'): string[] => (machine.storeCertificates(store) ?? []).map(thumbprintOf);

  it('imports DER and PEM, once', async () => {
    const root = { path: 'C:\\certs\\root.cer', store_name: 'Root' };

    expect(await ask(root, true)).to.deep.include({ changed: true, thumbprints: [thumbprint] });
    expect(held()).to.deep.equal([]);
    expect(await ask(root)).to.deep.include({ changed: true, thumbprints: [thumbprint] });
    expect(await ask({ ...root, path: 'C:\\certs\\root.pem' })).to.include({ changed: false });
    expect(held()).to.deep.equal([thumbprint]);
  });

  it('has My as its store, and knows CA by its .NET name', async () => {
    await ask({ path: 'C:\\certs\\root.cer' });
    await ask({ path: 'C:\\certs\\root.cer', store_name: 'CertificateAuthority' });

    expect([held('MY'), held('CA'), held('Root')]).to.deep.equal([[thumbprint], [thumbprint], []]);
  });

  it('removes by thumbprint or by file', async () => {
    machine.addCertificate('Root', der);
    const byName = { state: 'absent', store_name: 'Root', thumbprint: thumbprint.toLowerCase() };

    expect(await ask(byName, true)).to.include({ changed: true });
    expect(held()).to.have.length(1);
    expect(await ask(byName)).to.deep.include({ changed: true, thumbprints: [thumbprint.toLowerCase()] });
    expect(await ask(byName)).to.include({ changed: false });
    machine.addCertificate('Root', der);
    expect(await ask({ state: 'absent', store_name: 'Root', path: 'C:\\certs\\root.cer' })).to.include({
      changed: true,
    });
    expect(held()).to.deep.equal([]);
  });

  it('exports DER and PEM, and leaves alone what is there already', async () => {
    machine.addCertificate('Root', der);
    const wanted = { state: 'exported', store_name: 'Root', thumbprint };

    expect(await ask({ ...wanted, path: 'C:\\certs\\out.cer' })).to.deep.include({
      changed: true,
      thumbprints: [thumbprint],
    });
    expect(await machine.readFile('C:\\certs\\out.cer')).to.deep.equal(der);
    expect(await ask({ ...wanted, path: 'C:\\certs\\out.cer' })).to.include({ changed: false });
    expect(await ask({ ...wanted, path: 'C:\\certs\\out.cer', file_type: 'pem' })).to.include({
      changed: true,
    });
    const text = (await machine.readFile('C:\\certs\\out.cer'))?.toString() ?? '';
    expect(text).to.match(/^-----BEGIN CERTIFICATE-----\r\n.{76}\r\n/);
    expect(text).to.match(/\r\n-----END CERTIFICATE-----$/);
    expect(await ask({ ...wanted, path: 'C:\\certs\\new.cer' }, true)).to.include({ changed: true });
    expect(await machine.readFile('C:\\certs\\new.cer')).to.equal(undefined);
  });

  it('refuses in the words of the module', async () => {
    machine.writeFile('C:\\certs\\text.cer', Buffer.from('no certificate'));
    machine.writeFile('C:\\certs\\key.pfx', Buffer.from('308209a002010330820966', 'hex'));
    machine.writeFile('C:\\certs\\chain.p7b', Buffer.from('3082096006092a864886f70d010702a0', 'hex'));
    for (const [args, message] of [
      [{}, 'state is present but all of the following are missing: path'],
      [{ state: 'absent' }, 'state is absent but any of the following are missing: path, thumbprint'],
      [
        { state: 'exported', path: 'x' },
        'state is exported but all of the following are missing: thumbprint',
      ],
      [{ path: 'C:\\none.cer' }, "File at 'C:\\none.cer' either does not exist or is not a file"],
      [
        { path: 'C:\\certs\\text.cer' },
        'Failed to load cert from file: Cannot find the requested object.\r\n',
      ],
      [{ path: 'C:\\certs\\key.pfx' }, 'the twin does not model PKCS #12 files'],
      [{ path: 'C:\\certs\\chain.p7b' }, 'the twin does not model PKCS #7 files'],
      [{ path: 'x', store_type: 'service' }, 'the twin does not model certificate stores of services'],
      [{ path: 'x', store_location: 'CurrentUser' }, 'the twin does not model certificate stores of users'],
      [
        { path: 'x', store_location: 'Moon' },
        'value of store_location must be one of: CurrentUser, LocalMachine. Got no match for: Moon',
      ],
      [
        { path: 'x', store_name: 'Mine' },
        "unable to find store 'Mine': (CertOpenStore failed (The system cannot find the file specified, Win32ErrorCode 2 - 0x00000002))",
      ],
      [{ state: 'exported', path: 'C:\\certs\\x', thumbprint }, 'Found 0 certs when only expecting 1'],
      [
        { state: 'exported', path: 'C:\\certs', thumbprint },
        "Cannot export cert to path 'C:\\certs' as it is a directory",
      ],
    ] as const)
      expect(await ask(args), JSON.stringify(args)).to.include({ failed: true, msg: message });
  });

  it('exports no private key, for it has none', async () => {
    machine.addCertificate('My', der);

    const result = await ask({
      state: 'exported',
      path: 'C:\\certs\\x.pfx',
      thumbprint,
      file_type: 'pkcs12',
    });

    expect(result['msg']).to.match(/^Cannot export cert with key as PKCS12/);
  });

  it('cannot remove what group policy put there', async () => {
    machine.state.certificates.push({ store: 'ROOT', place: 'policy', base64: der.toString('base64') });

    expect(await ask({ state: 'absent', store_name: 'Root', thumbprint })).to.include({
      failed: true,
      msg: `Unable to remove cert with thumbprint '${thumbprint}': Access is denied.`,
    });
  });
});
