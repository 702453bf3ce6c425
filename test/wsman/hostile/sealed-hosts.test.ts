// Hosts that agreed on sealing and then do not keep to it, against the client over plain HTTP.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LyncimgError } from '../../../src/errors/index.js';
import { rejection } from '../rig.js';
import { envelope, http, page, service } from './answers.js';
import { leavesNothing } from './nothing-left.js';
import { ntlmHost, sealed, type Opened, type SealedParts } from './ntlm-host.js';

const question = { namespace: 'root/cimv2', wql: 'select Name from Win32_Service' };

function services(opened: Opened, name = 'right'): string {
  return envelope({ body: opened.text }, page({ items: service(name), context: null }, true));
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}

const changes: Record<string, [change: (parts: SealedParts) => SealedParts, says: string]> = {
  'a changed signature': [(parts) => ({ ...parts, header: flipped(parts.header, 5) }), 'wrong signature'],
  'another version of signature': [(parts) => ({ ...parts, header: flipped(parts.header, 0) }), 'version'],
  'another number': [(parts) => ({ ...parts, header: flipped(parts.header, 12) }), 'message number'],
  'no signature': [(parts) => ({ ...parts, header: Buffer.alloc(0) }), 'signature of 0 bytes'],
  'a signature of zeros': [(parts) => ({ ...parts, header: Buffer.alloc(16) }), 'version'],
  'a changed byte': [(parts) => ({ ...parts, sealed: flipped(parts.sealed, 100) }), 'wrong signature'],
  'a byte less': [
    (parts) => ({ ...parts, sealed: parts.sealed.subarray(1), plainLength: parts.plainLength - 1 }),
    'wrong signature',
  ],
  'a length that is too small': [(parts) => ({ ...parts, plainLength: parts.plainLength - 1 }), 'length'],
  'a length that is too large': [(parts) => ({ ...parts, plainLength: parts.plainLength + 1 }), 'shorter'],
  'plain text in the sealed form': [
    (parts) => ({ ...parts, sealed: Buffer.from('<s:Envelope/>'.padEnd(parts.sealed.length)) }),
    'wrong signature',
  ],
};

describe('wsman: hosts that do not keep to sealing', () => {
  leavesNothing();

  for (const [what, [change, says]] of Object.entries(changes)) {
    it(`an answer with ${what}`, async () => {
      const host = await ntlmHost({
        answer: (opened) => opened.socket.write(sealed(opened, services(opened), change)),
      });
      const error = await rejection(host.client().enumerate(question));
      expect(error).to.include({ code: 'E_WSMAN_SECURITY', exitCode: 3 });
      expect((error as LyncimgError).message)
        .to.contain(says)
        .and.contain('was not used');
    });
  }

  const unsealed: Record<string, (opened: Opened) => Buffer> = {
    'an answer in plain text': (opened) => http(200, services(opened)),
    'a fault in plain text': () => http(500, '<a/>'),
    'plain text with the type of sealed bodies': (opened) =>
      http(200, services(opened), {
        'Content-Type': 'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted"',
      }),
  };
  for (const [what, answer] of Object.entries(unsealed)) {
    it(`${what} is not read`, async () => {
      const host = await ntlmHost({ answer: (opened) => opened.socket.write(answer(opened)) });
      expect(await rejection(host.client().enumerate(question))).to.include({ code: 'E_WSMAN_SECURITY' });
    });
  }

  it('an answer of before, once more', async () => {
    let first: Buffer | undefined;
    const host = await ntlmHost({
      answer: (opened) => {
        first ??= sealed(opened, services(opened, 'old'));
        opened.socket.write(first);
      },
    });
    const client = host.client();
    expect(await client.enumerate(question)).to.deep.equal([{ Name: 'old' }]);
    const error = await rejection(client.enumerate(question));
    expect(error).to.include({ code: 'E_WSMAN_SECURITY' });
    expect((error as LyncimgError).message).to.contain('message number 0 in the place of number 1');
  });

  it('two answers in the wrong order', async () => {
    const host = await ntlmHost({
      answer: (opened) => {
        const [first, second] = [sealed(opened, services(opened)), sealed(opened, services(opened))];
        opened.socket.write(Buffer.concat([second, first]));
      },
    });
    const error = await rejection(host.client().enumerate(question));
    expect(error).to.include({ code: 'E_WSMAN_SECURITY' });
    expect((error as LyncimgError).message).to.contain('message number 1 in the place of number 0');
  });

  it('the client’s own question, sent back', async () => {
    const echo = await ntlmHost({
      answer: ({ socket }) => {
        const { head, body } = echo.requests.at(-1) ?? { head: '', body: Buffer.alloc(0) };
        const type = /^Content-Type: ([^\r]*)/im.exec(head)?.[1] ?? '';
        socket.write(http(200, body, { 'Content-Type': type }));
      },
    });
    expect(await rejection(echo.client().enumerate(question))).to.include({ code: 'E_WSMAN_SECURITY' });
  });

  it('after one wrong answer nothing more goes over that connection; a new one begins a new count', async () => {
    let connection = 0;
    const host = await ntlmHost({
      leg: (leg) => {
        if (leg.outcome === 'accepted') connection += 1;
        return undefined;
      },
      answer: (opened) => {
        const wrong = connection === 1;
        opened.socket.write(
          sealed(opened, services(opened), (parts) =>
            wrong ? { ...parts, header: flipped(parts.header, 5) } : parts,
          ),
        );
      },
    });
    const client = host.client();
    expect(await rejection(client.enumerate(question))).to.include({ code: 'E_WSMAN_SECURITY' });
    expect(await client.enumerate(question)).to.deep.equal([{ Name: 'right' }]);
    expect(host.connections()).to.equal(2);
  });

  it('a host that forgets at once who asked is not given the proof again', async () => {
    const host = await ntlmHost({
      answer: ({ socket }) => socket.write(http(401, '', { 'WWW-Authenticate': 'Negotiate' })),
    });
    const error = await rejection(host.client().enumerate(question));
    expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect((error as LyncimgError).message).to.contain('asks for it again');
    expect(host.proofs()).to.equal(1);
  });

  it('what was sent after the login is sealed', async () => {
    const host = await ntlmHost({
      answer: (opened) => opened.socket.write(sealed(opened, services(opened))),
    });
    await host.client().enumerate(question);
    expect(host.requests.some(({ body }) => body.includes('Win32_Service'))).to.equal(false);
  });
});
