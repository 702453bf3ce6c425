import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { basicClient, basicServer } from '../../../src/wsman/auth/basic.js';

const overTls = { secure: true, host: 'h', serverCertificate: null };

describe('wsman/auth/basic', () => {
  it('gives the server what the client was given, colons and umlauts in the password included', async () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/\p{Cs}/gu, ''));
    await fc.assert(
      fc.asyncProperty(
        text.filter((user) => user !== '' && !user.includes(':')),
        text,
        async (user, password) => {
          let seen: unknown;
          const server = basicServer((credentials) => {
            seen = credentials;
            return true;
          });
          const header = await basicClient({ user, password }).begin(overTls).first();
          const leg = await server.begin(overTls).leg(header.slice('Basic '.length));
          expect(leg).to.deep.equal({ outcome: 'accepted', user, security: null });
          expect(seen).to.deep.equal({ user, password });
        },
      ),
    );
  });

  it('gives up at the first 401', async () => {
    const handshake = basicClient({ user: 'u', password: 'p' }).begin(overTls);
    expect(await handshake.next(['Basic realm="WSMAN"'])).to.equal(null);
  });

  for (const token of ['', '!!', Buffer.from('no colon').toString('base64')]) {
    it(`refuses the token "${token}" without asking for the password`, async () => {
      const server = basicServer(() => {
        throw new Error('asked');
      });
      expect(await server.begin(overTls).leg(token)).to.deep.equal({ outcome: 'refused' });
    });
  }
});
