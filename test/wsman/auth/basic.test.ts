import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { basicClient, basicServer } from '../../../src/wsman/auth/basic.js';

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
          const header = basicClient.begin({ user, password }).header()!;
          const leg = await server.begin().leg(header.slice('Basic '.length));
          expect(leg).to.deep.equal({ outcome: 'accepted', user });
          expect(seen).to.deep.equal({ user, password });
        },
      ),
    );
  });

  it('gives up at the first 401', () => {
    expect(basicClient.begin({ user: 'u', password: 'p' }).nextLeg(['Basic realm="WSMAN"'])).to.equal(null);
  });

  for (const token of ['', '!!', Buffer.from('no colon').toString('base64')]) {
    it(`refuses the token "${token}" without asking for the password`, async () => {
      const server = basicServer(() => {
        throw new Error('asked');
      });
      expect(await server.begin().leg(token)).to.deep.equal({ outcome: 'refused' });
    });
  }
});
