import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Redactor } from '../../src/tools/redacted-lines.js';

const secret = `pä/ss+wört "n'<&>7`;
const redact = (text: string): string => new Redactor([secret]).redact(text);

describe('the forms of a secret', () => {
  const shapes: [string, string][] = [
    ['as it is', secret],
    ['in JSON', JSON.stringify({ password: secret })],
    ['in a URL', `https://host/?p=${encodeURIComponent(secret)}`],
    ['in a URL with small hex digits', encodeURIComponent(secret).toLowerCase()],
    ['in a form', encodeURIComponent(secret).replaceAll('%20', '+')],
    ['in XML', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in single quotes of a shell', `'${secret.replaceAll("'", String.raw`'\''`)}'`],
    ['in single quotes of PowerShell', `'${secret.replaceAll("'", "''")}'`],
  ];
  for (const [where, text] of shapes) {
    it(`are found ${where}`, () => {
      expect(redact(text)).to.contain('<redacted>').and.not.contain('rt');
    });
  }

  it('are found in base64, wherever in the encoded text the secret stands', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (before, after) => {
        for (const encoding of ['utf8', 'utf16le'] as const) {
          const encoded = Buffer.from(before + secret + after, encoding).toString('base64');
          const cleaned = redact(encoded);
          // At most the characters at the seams, which also hold bits of a neighbour, are left.
          expect(cleaned).to.contain('<redacted>');
          expect(Buffer.from(cleaned.replace('<redacted>', ''), 'base64').includes('wör')).to.equal(false);
        }
      }),
    );
  });

  it('are found in the base64 of URLs', () => {
    const bytes = Buffer.from(`Administrator:${secret}`);
    expect(redact(bytes.toString('base64url'))).to.contain('<redacted>');
  });

  it('of a key of many lines are its lines', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----\n';
    const redactor = new Redactor([key]);

    expect(redactor.redact('  MIIEvQIBADANBg')).to.equal('  <redacted>');
    expect(redactor.redact('-----BEGIN PRIVATE KEY-----')).to.equal('-----BEGIN PRIVATE KEY-----');
  });

  it('leave texts without the secret alone, and an empty secret hides nothing', () => {
    expect(redact('ok: [guest]')).to.equal('ok: [guest]');
    expect(new Redactor(['']).redact('ok: [guest]')).to.equal('ok: [guest]');
  });

  it('hide the longer of two secrets that begin alike', () => {
    expect(new Redactor(['abcdef', 'abcdefghi']).redact('abcdefghi')).to.equal('<redacted>');
  });
});
