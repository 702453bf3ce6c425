import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeText, encodeText, upperCase } from '../../../../src/wsman/auth/ntlm/text.js';
import { SecurityError } from '../../../../src/wsman/auth/scheme.js';

describe('wsman/auth/ntlm/text', () => {
  it('writes Unicode as UTF-16LE and OEM in one byte a character', () => {
    expect(encodeText('Jé', true).toString('hex')).to.equal('4a00e900');
    expect(encodeText('Jo', false).toString('hex')).to.equal('4a6f');
    expect(decodeText(encodeText('Jé😀', true), true)).to.equal('Jé😀');
    expect(decodeText(encodeText('Administrator', false), false)).to.equal('Administrator');
  });

  it('refuses half a character', () => {
    expect(() => decodeText(Buffer.from([0x4a]), true)).to.throw(SecurityError);
  });

  it('upper-cases as Windows does: one unit becomes one unit', () => {
    expect(upperCase('weiß')).to.equal('WEIß');
    expect(upperCase('öäü é ø')).to.equal('ÖÄÜ É Ø');
    // U+10428 has a capital, which Windows does not know.
    expect(upperCase('\u{10428}')).to.equal('\u{10428}');
  });
});
