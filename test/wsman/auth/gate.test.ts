import { expect } from 'chai';
import { describe, it } from 'mocha';
import { basicServer } from '../../../src/wsman/auth/basic.js';
import { createGate } from '../../../src/wsman/auth/gate.js';
import type { ServerScheme } from '../../../src/wsman/auth/scheme.js';

const basic = basicServer(({ password }) => password === 'right');
const header = (password: string): string => `basic ${Buffer.from(`u:${password}`).toString('base64')}`;

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
          token === 'good' ? { outcome: 'accepted', user: 'u' } : { outcome: 'refused' },
        );
      },
    };
  },
};

describe('wsman/auth/gate', () => {
  it('offers Negotiate and Basic over TLS, Negotiate alone without', async () => {
    const refused = { admitted: false, inHandshake: false };
    expect(await createGate([basic], true).admit(undefined)).to.deep.equal({
      ...refused,
      offers: ['Negotiate', 'Basic realm="WSMAN"'],
    });
    expect(await createGate([basic], false).admit(undefined)).to.deep.equal({
      ...refused,
      offers: ['Negotiate'],
    });
  });

  it('admits Basic with every request, and only over TLS', async () => {
    const gate = createGate([basic], true);
    expect(await gate.admit(header('right'))).to.deep.equal({ admitted: true, user: 'u' });
    expect((await gate.admit(undefined)).admitted).to.equal(false);
    expect((await gate.admit(header('wrong'))).admitted).to.equal(false);
    expect((await createGate([basic], false).admit(header('right'))).admitted).to.equal(false);
  });

  it('refuses schemes that it does not serve', async () => {
    const gate = createGate([basic], true);
    for (const authorization of ['Negotiate TlRMTVNTUA==', 'Kerberos x', 'nonsense', '']) {
      expect((await gate.admit(authorization)).admitted).to.equal(false);
    }
  });

  it('keeps the state of a scheme with several legs, and then holds for the connection', async () => {
    const gate = createGate([twoLegs], false);
    expect(await gate.admit('Negotiate one')).to.deep.equal({
      admitted: false,
      offers: ['Negotiate Y2hhbGxlbmdl'],
      inHandshake: true,
    });
    expect(await gate.admit('Negotiate good')).to.deep.equal({ admitted: true, user: 'u' });
    expect(await gate.admit(undefined)).to.deep.equal({ admitted: true, user: 'u' });
  });

  it('begins anew after a refusal', async () => {
    const gate = createGate([twoLegs], false);
    await gate.admit('Negotiate one');
    expect((await gate.admit('Negotiate bad')).admitted).to.equal(false);
    expect(await gate.admit('Negotiate good')).to.include({ inHandshake: true });
  });
});
