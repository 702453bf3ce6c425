import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { attribute } from '../../../src/wsman/xml/element.js';
import { readXml } from '../../../src/wsman/xml/reader.js';
import { xml } from '../../../src/wsman/xml/writer.js';

describe('wsman/xml/writer', () => {
  it('writes open and close tags also for what is empty', () => {
    expect(xml('s:Header').text).to.equal('<s:Header></s:Header>');
  });

  it('escapes text, also an end of CDATA, and leaves markup as it is', () => {
    expect(xml('a', {}, 'x < y && ]]>', xml('b')).text).to.equal('<a>x &lt; y &amp;&amp; ]]&gt;<b></b></a>');
  });

  it('leaves out attributes that are undefined', () => {
    expect(xml('a', { b: undefined, c: '"1"' }).text).to.equal('<a c="&quot;1&quot;"></a>');
  });

  it('sends characters that XML does not know as question marks, as Windows does', () => {
    expect(xml('a', {}, 'a\u0001b\uD800c\uFFFE').text).to.equal('<a>a?b?c?</a>');
  });

  it('takes no name that is none', () => {
    expect(() => xml('a b')).to.throw('not a name');
    expect(() => xml('a', { 'b="1" c': 'x' })).to.throw('not a name');
  });

  it('comes back from the reader as it went in: text and attributes', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\p{Cc}\p{Cs}]/gu, '\t'));
    fc.assert(
      fc.property(text, text, (content, value) => {
        const root = readXml(xml('a', { b: value }, content).text);
        expect(root.text).to.equal(content);
        expect(attribute(root, 'b')).to.equal(value);
      }),
    );
    expect(readXml(xml('a', { b: '\r\n\t' }, '1\r\n2\r').text)).to.include({ text: '1\r\n2\r' });
  });
});
