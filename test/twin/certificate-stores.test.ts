import { expect } from 'chai';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'mocha';
import { thumbprintOf } from '../../src/twin/certificate-stores.js';
import { invokeStdRegProv } from '../../src/twin/cim/std-reg-prov.js';
import { freshCertificates } from '../../src/twin/made-up-roots.js';
import type { ModelledMachine } from '../../src/twin/machine-model.js';
import type { StoredCertificate } from '../../src/twin/state.js';
import { modelledMachine } from '../helpers/modelled-machine.js';

const microsoft = 'SOFTWARE\\Microsoft\\SystemCertificates';
const places = {
  local: `${microsoft}\\ROOT`,
  policy: 'SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\ROOT',
  enterprise: 'SOFTWARE\\Microsoft\\EnterpriseCertificates\\ROOT',
  'third-party': `${microsoft}\\AuthRoot`,
} as const;

describe('the certificate stores of the twin', () => {
  const [first, , third] = freshCertificates().map(({ base64 }) => Buffer.from(base64, 'base64'));
  if (first === undefined || third === undefined) throw new Error('no certificates');
  const holding = (place: StoredCertificate['place'], der = first): Promise<ModelledMachine> =>
    modelledMachine({
      change: (state) => {
        state.certificates = [{ store: 'ROOT', place, base64: der.toString('base64') }];
      },
    });
  const ask = (machine: ModelledMachine, method: string, key: string, name = ''): Record<string, unknown> =>
    invokeStdRegProv(machine, method, { hDefKey: '2147483650', sSubKeyName: key, sValueName: name });
  const thumbprints = (machine: ModelledMachine, key: string): unknown =>
    ask(machine, 'EnumKey', `${key}\\Certificates`)['sNames'] ?? [];

  it('have a few roots at first: made up, self-signed, good for long', async () => {
    const machine = await modelledMachine();

    expect(thumbprints(machine, places.local)).to.have.length(2);
    expect(thumbprints(machine, places['third-party'])).to.have.length(2);
    for (const der of machine.storeCertificates('Root') ?? []) {
      const root = new X509Certificate(der);
      expect(root.subject).to.contain('made up: trusted by nobody');
      expect(root.verify(root.publicKey)).to.equal(true);
      expect(root.issuer).to.equal(root.subject);
      expect(new Date(root.validTo).getUTCFullYear()).to.equal(2049);
    }
  });

  for (const [place, key] of Object.entries(places))
    it(`keep a root of the place ${place} under ${key}`, async () => {
      const machine = await holding(place as StoredCertificate['place']);

      for (const each of Object.values(places))
        expect(thumbprints(machine, each), each).to.deep.equal(each === key ? [thumbprintOf(first)] : []);
      expect(machine.storeCertificates('ROOT')).to.deep.equal([first]);
    });

  it('write a certificate as properties: its hash, then its DER', async () => {
    const machine = await holding('local');
    const key = `${places.local}\\Certificates\\${thumbprintOf(first)}`;

    const blob = Buffer.from(ask(machine, 'GetBinaryValue', key, 'Blob')['uValue'] as number[]);

    const hash = '0300000001000000 14000000'.replaceAll(' ', '') + thumbprintOf(first).toLowerCase();
    expect(blob.subarray(0, 32).toString('hex')).to.equal(hash);
    expect(blob.subarray(32, 40).toString('hex')).to.equal('2000000001000000');
    expect(blob.readUInt32LE(40)).to.equal(first.length);
    expect(blob.subarray(44).equals(first)).to.equal(true);
  });

  it('show a store that is empty, and know no other', async () => {
    const machine = await modelledMachine();

    expect(ask(machine, 'EnumKey', `${microsoft}\\MY\\Certificates`)).to.deep.equal({
      ReturnValue: 0,
      sNames: [],
    });
    expect(machine.storeCertificates('my')).to.deep.equal([]);
    expect(machine.storeCertificates('Mine')).to.equal(undefined);
    expect(machine.addCertificate('Mine', first)).to.equal(false);
  });

  it('take a certificate once, into the machine’s own store', async () => {
    const machine = await holding('policy');

    expect(machine.addCertificate('Root', first)).to.equal(false);
    expect(machine.addCertificate('root', third)).to.equal(true);
    expect(machine.addCertificate('AuthRoot', first)).to.equal(true);
    expect(thumbprints(machine, places.local)).to.deep.equal([thumbprintOf(third)]);
    expect(thumbprints(machine, places['third-party'])).to.deep.equal([thumbprintOf(first)]);
  });

  it('give up every certificate but those of group policy', async () => {
    const policy = await holding('policy');
    expect(policy.removeCertificate('Root', thumbprintOf(first))).to.have.property('ok', false);

    const enterprise = await holding('enterprise');
    expect(enterprise.removeCertificate('Root', thumbprintOf(first).toLowerCase())).to.deep.equal({
      ok: true,
    });
    expect(enterprise.storeCertificates('Root')).to.deep.equal([]);
  });
});
