import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { SecurityError } from '../../src/wsman/auth/scheme.js';
import { decodeSealedBody, encodeSealedBody, isSealedBody } from '../../src/wsman/sealed-body.js';
import { assertHardened } from './auth/hostile.js';

const protocol = 'application/HTTP-SPNEGO-session-encrypted';
const message = { header: Buffer.alloc(16, 'h'), sealed: Buffer.from('octets') };
const { contentType, bytes } = encodeSealedBody(message, { protocol, plainLength: 6 });
const anyBytes = fc.uint8Array({ maxLength: 200 }).map((octets) => Buffer.from(octets));
/** The whole body as text: one character a byte. */
const changed = (from: string, to: string): Buffer => {
  const text = bytes.toString('latin1');
  expect(text).to.include(from);
  return Buffer.from(text.replaceAll(from, to), 'latin1');
};

describe('wsman/sealed-body', () => {
  it('writes the form of Windows, to the byte', () => {
    expect(contentType).to.equal(`multipart/encrypted;protocol="${protocol}";boundary="Encrypted Boundary"`);
    expect(bytes.toString('latin1')).to.equal(
      '--Encrypted Boundary\r\n' +
        '\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n' +
        '\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=6\r\n' +
        '--Encrypted Boundary\r\n' +
        '\tContent-Type: application/octet-stream\r\n' +
        '\x10\0\0\0hhhhhhhhhhhhhhhhoctets--Encrypted Boundary--\r\n',
    );
  });

  it('reads back what it wrote', () => {
    const anyType = fc.constantFrom(
      'application/soap+xml;charset=UTF-8',
      'application/soap+xml;charset=UTF-16',
    );
    const anyProtocol = fc.constantFrom(protocol, 'application/HTTP-Kerberos-session-encrypted');
    fc.assert(
      fc.property(anyBytes, anyBytes, anyType, anyProtocol, (header, sealed, originalType, by) => {
        const options = { protocol: by, originalType, plainLength: sealed.length };
        const written = encodeSealedBody({ header, sealed }, options);
        expect(decodeSealedBody(written.contentType, written.bytes)).to.deep.equal({
          message: { header, sealed },
          ...options,
        });
      }),
    );
  });

  it('takes octets that look like a boundary for what they are', () => {
    for (const text of [
      '--Encrypted Boundary--\r\n',
      '-- Encrypted Boundary--\r\n',
      '--Encrypted Boundary\r\n',
      '-- ',
    ]) {
      const sealed = Buffer.from(text);
      const written = encodeSealedBody({ header: message.header, sealed }, { protocol, plainLength: 1 });
      expect(decodeSealedBody(written.contentType, written.bytes).message.sealed).to.deep.equal(sealed);
    }
  });

  it('takes part headers without a tab, as WinRb writes them', () => {
    expect(decodeSealedBody(contentType, changed('\t', '')).message).to.deep.equal(message);
  });

  it('takes boundaries with a blank, as in an example of MS-WSMV', () => {
    const loose = changed('--Encrypted Boundary', '-- Encrypted Boundary');
    expect(decodeSealedBody(contentType, loose).message).to.deep.equal(message);
  });

  it('takes the parameters of its type in any order and case', () => {
    const other = `Multipart/Encrypted; boundary="Encrypted Boundary"; Protocol=${protocol}`;
    expect(decodeSealedBody(other, bytes).protocol).to.equal(protocol);
  });

  it('tells a sealed body by its type', () => {
    expect(isSealedBody(contentType)).to.equal(true);
    expect(isSealedBody('application/soap+xml;charset=UTF-8')).to.equal(false);
    expect(isSealedBody('multipart/encryptedx')).to.equal(false);
  });

  const refused: Record<string, [type: string, body: Buffer]> = {
    'another type': ['application/soap+xml', bytes],
    'a type without a protocol': ['multipart/encrypted;boundary="Encrypted Boundary"', bytes],
    'parts that disagree about the protocol': [contentType, changed('SPNEGO', 'CredSSP')],
    'another boundary': [contentType, changed('Encrypted Boundary', 'Other Boundary')],
    'no length': [contentType, changed(';Length=6', '')],
    'a length that is no number': [contentType, changed('Length=6', 'Length=-6')],
    'a length beyond what is there': [contentType, changed('Length=6', 'Length=7')],
    'a length beyond all numbers': [contentType, changed('Length=6', `Length=${'9'.repeat(400)}`)],
    'a header longer than what is there': [contentType, changed('\x10\0\0\0', '\x17\0\0\0')],
    'a header of four gigabytes': [contentType, changed('\x10\0\0\0', '\xff\xff\xff\xff')],
    'lines that end in LF alone': [contentType, changed('\r\n', '\n')],
    'no end': [contentType, bytes.subarray(0, -1)],
    'something behind the end': [contentType, Buffer.concat([bytes, Buffer.from('\r\n')])],
    'no bytes': [contentType, Buffer.alloc(0)],
    'an end alone': [contentType, Buffer.from('--Encrypted Boundary--\r\n')],
  };
  for (const [what, [type, body]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(() => decodeSealedBody(type, body)).to.throw(SecurityError);
    });
  }

  it('refuses one that is cut anywhere, and stands hostile bytes', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeSealedBody(contentType, bytes.subarray(0, length)), `at ${length}`).to.throw(
        SecurityError,
      );
    }
    assertHardened((body) => decodeSealedBody(contentType, body), bytes);
    assertHardened((type) => decodeSealedBody(type.toString('latin1'), bytes), Buffer.from(contentType));
  });
});
