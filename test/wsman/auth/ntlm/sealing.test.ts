import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { flag } from '../../../../src/wsman/auth/ntlm/flags.js';
import { createSealing, type NtlmSealing } from '../../../../src/wsman/auth/ntlm/sealing.js';
import { SecurityError, type SealedMessage } from '../../../../src/wsman/auth/scheme.js';
import { hex, plaintext, randomSessionKey } from './published.js';

const strong = flag.key128 | flag.keyExchange;

interface Pair {
  client: NtlmSealing;
  server: NtlmSealing;
}

function pair(flags = strong, sessionKey: Buffer = randomSessionKey): Pair {
  return {
    client: createSealing({ side: 'client', sessionKey, flags }),
    server: createSealing({ side: 'server', sessionKey, flags }),
  };
}

const asHex = ({ header, sealed }: SealedMessage): string[] => [
  sealed.toString('hex'),
  header.toString('hex'),
];

describe('wsman/auth/ntlm/sealing', () => {
  it('seals the published message (MS-NLMP 4.2.4.4), and goes on', () => {
    const { client } = pair();
    expect(asHex(client.seal(plaintext))).to.deep.equal([
      '54e50165bf1936dc996020c1811b0f06fb5f',
      '010000007fb38ec5c55d497600000000',
    ]);
    expect(asHex(client.seal(Buffer.from('<s:Envelope/>')))).to.deep.equal([
      '08b05ea591d43a8bf553347c92',
      '0100000044169d43917fa48801000000',
    ]);
  });

  it('seals the other way with keys of its own', () => {
    expect(asHex(pair().server.seal(Buffer.from('<s:Envelope/>')))).to.deep.equal([
      '7a7b27f23fcc788547b442f81d',
      '010000007d045a5bf225d5e300000000',
    ]);
  });

  it('shows the checksum where no key was exchanged (56 bits: MS-NLMP 4.2.3.4)', () => {
    const { client, server } = pair(flag.key56, hex('eb93429a8bd952f8b89c55b87f475edc'));
    const sealed = client.seal(plaintext);
    expect(asHex(sealed)).to.deep.equal([
      'a02372f6530273f3aa1eb90190ce5200c99d',
      '01000000ff2aeb52f681793a00000000',
    ]);
    expect(server.unseal(sealed)).to.deep.equal(plaintext);
  });

  it('opens what the other side sealed, for as long as the connection lives', () => {
    const direction = fc.constantFrom('client' as const, 'server' as const);
    const flags = fc.constantFrom(strong, flag.key128, flag.key56 | flag.keyExchange, 0);
    fc.assert(
      fc.property(
        flags,
        fc.array(fc.tuple(direction, fc.uint8Array({ maxLength: 300 }))),
        (agreed, messages) => {
          const sides = pair(agreed);
          for (const [from, bytes] of messages) {
            const plain = Buffer.from(bytes);
            const to = from === 'client' ? sides.server : sides.client;
            expect(to.unseal(sides[from].seal(plain))).to.deep.equal(plain);
          }
        },
      ),
    );
  });

  it('opens a body of a megabyte', () => {
    const { client, server } = pair();
    const plain = Buffer.alloc(1024 * 1024, 'x');
    expect(server.unseal(client.seal(plain)).equals(plain)).to.equal(true);
  });

  describe('refuses', () => {
    const spoilt: Record<string, (message: SealedMessage) => SealedMessage> = {
      'a changed bit of the content': ({ header, sealed }) => ({ header, sealed: flipped(sealed, 3) }),
      'a changed bit of the checksum': ({ header, sealed }) => ({ header: flipped(header, 5), sealed }),
      'another version of the signature': ({ header, sealed }) => ({ header: flipped(header, 0), sealed }),
      'a number out of turn': ({ header, sealed }) => ({ header: flipped(header, 12), sealed }),
      'content that is cut': ({ header, sealed }) => ({ header, sealed: sealed.subarray(1) }),
      'content with more at its end': ({ header, sealed }) => ({
        header,
        sealed: Buffer.concat([sealed, Buffer.alloc(1)]),
      }),
      'a signature that is cut': ({ header, sealed }) => ({ header: header.subarray(0, 15), sealed }),
      'a signature with more at its end': ({ header, sealed }) => ({
        header: Buffer.concat([header, Buffer.alloc(1)]),
        sealed,
      }),
      'no signature': ({ sealed }) => ({ header: Buffer.alloc(0), sealed }),
    };
    for (const [what, spoil] of Object.entries(spoilt)) {
      it(`${what}, and all that comes after it`, () => {
        const { client, server } = pair();
        const first = spoil(client.seal(plaintext));
        expect(() => server.unseal(first)).to.throw(SecurityError);
        const second = client.seal(plaintext);
        expect(() => server.unseal(second)).to.throw(SecurityError, 'a message before this one');
      });
    }

    it('a message that comes a second time', () => {
      const { client, server } = pair();
      const sealed = client.seal(plaintext);
      server.unseal(sealed);
      expect(() => server.unseal(sealed)).to.throw(SecurityError, 'number 0 in the place of number 1');
    });

    it('a message that was skipped', () => {
      const { client, server } = pair();
      client.seal(plaintext);
      const second = client.seal(plaintext);
      expect(() => server.unseal(second)).to.throw(SecurityError, 'number 1 in the place of number 0');
    });

    it('a message that is its own', () => {
      const { client } = pair();
      const sealed = client.seal(plaintext);
      expect(() => client.unseal(sealed)).to.throw(SecurityError, 'wrong signature');
    });

    it('anything else', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array(), (header, sealed) => {
          const message = { header: Buffer.from(header), sealed: Buffer.from(sealed) };
          expect(() => pair().server.unseal(message)).to.throw(SecurityError);
        }),
      );
    });
  });

  describe('the signatures of SPNEGO', () => {
    const list = hex('300c060a2b06010401823702020a');

    it('take a number each way and set the streams back (MS-SPNG 3.2.5.1)', () => {
      const { client, server } = pair();
      server.checkMechanisms(list, client.signMechanisms(list));
      client.checkMechanisms(list, server.signMechanisms(list));
      const sealed = client.seal(plaintext);
      // The stream of the published message, with its second number.
      expect(sealed.sealed.toString('hex')).to.equal('54e50165bf1936dc996020c1811b0f06fb5f');
      expect(sealed.header.readUInt32LE(12)).to.equal(1);
      expect(server.unseal(sealed)).to.deep.equal(plaintext);
      expect(client.unseal(server.seal(plaintext))).to.deep.equal(plaintext);
    });

    it('are refused for another list', () => {
      const { client, server } = pair();
      const signature = client.signMechanisms(list);
      expect(() => {
        server.checkMechanisms(flipped(list, 4), signature);
      }).to.throw(SecurityError);
    });
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = changed[at]! ^ 1;
  return changed;
}
