import { expect } from 'chai';
import { describe, it } from 'mocha';
import { basicServer } from '../../../src/wsman/auth/basic.js';
import { createGate } from '../../../src/wsman/auth/gate.js';
import type { ServerScheme } from '../../../src/wsman/auth/scheme.js';

const basic = basicServer(({ password }) => password === 'right');
const header = (password: string): string => `basic ${Buffer.from(`u:${password}`).toString('base64')}`;

const plain = { secure: false, host: '', serverCertificate: null };
const tls = { ...plain, secure: true };
const known = { admitted: true, user: 'u', mutual: null, security: null };

/** Two legs, then the connection holds: the shape of NTLM. */
const twoLegs: ServerScheme = {
  word: 'Negotiate',
  offer: 'Negotiate',
  needsTls: false,
  holdsForConnection: true,
  begin: () => {
    let leg = 0;
    return {
      leg: (token) => {
        leg += 1;
        if (leg === 1) return Promise.resolve({ outcome: 'challenged', challenge: 'Negotiate Y2hhbGxlbmdl' });
        return Promise.resolve(
          token === 'good' ? { outcome: 'accepted', user: 'u', security: null } : { outcome: 'refused' },
        );
      },
    };
  },
};

describe('wsman/auth/gate', () => {
  it('offers Negotiate and Basic over TLS, Negotiate alone without', async () => {
    const refused = { admitted: false, inHandshake: false };
    expect(await createGate([twoLegs, basic], tls).admit(undefined)).to.deep.equal({
      ...refused,
      offers: ['Negotiate', 'Basic realm="WSMAN"'],
    });
    expect(await createGate([twoLegs, basic], plain).admit(undefined)).to.deep.equal({
      ...refused,
      offers: ['Negotiate'],
    });
  });

  it('admits Basic with every request, and only over TLS', async () => {
    const gate = createGate([basic], tls);
    expect(await gate.admit(header('right'))).to.deep.equal({ ...known, isLeg: true });
    expect((await gate.admit(undefined)).admitted).to.equal(false);
    expect((await gate.admit(header('wrong'))).admitted).to.equal(false);
    expect((await createGate([basic], plain).admit(header('right'))).admitted).to.equal(false);
  });

  it('refuses schemes that it does not serve', async () => {
    const gate = createGate([basic], tls);
    for (const authorization of ['Negotiate TlRMTVNTUA==', 'Kerberos x', 'nonsense', '']) {
      expect((await gate.admit(authorization)).admitted).to.equal(false);
    }
  });

  it('keeps the state of a scheme with several legs, and then holds for the connection', async () => {
    const gate = createGate([twoLegs], plain);
    expect(await gate.admit('Negotiate one')).to.deep.equal({
      admitted: false,
      offers: ['Negotiate Y2hhbGxlbmdl'],
      inHandshake: true,
    });
    expect(await gate.admit('Negotiate good')).to.deep.equal({ ...known, isLeg: true });
    expect(await gate.admit(undefined)).to.deep.equal({ ...known, isLeg: false });
  });

  it('lets nobody ask under the name of who came before on the connection', async () => {
    const gate = createGate([twoLegs, basic], tls);
    await gate.admit('Negotiate one');
    await gate.admit('Negotiate good');
    expect((await gate.admit(header('wrong'))).admitted).to.equal(false);
    expect((await gate.admit(undefined)).admitted).to.equal(false);
  });

  it('forgets who came in when it has to refuse', async () => {
    const gate = createGate([twoLegs], plain);
    await gate.admit('Negotiate one');
    await gate.admit('Negotiate good');
    expect(gate.refuse()).to.deep.equal({ admitted: false, offers: ['Negotiate'], inHandshake: false });
    expect((await gate.admit(undefined)).admitted).to.equal(false);
  });

  it('begins anew after a refusal', async () => {
    const gate = createGate([twoLegs], plain);
    await gate.admit('Negotiate one');
    expect((await gate.admit('Negotiate bad')).admitted).to.equal(false);
    expect(await gate.admit('Negotiate good')).to.include({ inHandshake: true });
  });
});
