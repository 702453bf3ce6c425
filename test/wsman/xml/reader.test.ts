import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { attribute, child, childText, resolveQName } from '../../../src/wsman/xml/element.js';
import { maximumDepth, maximumNodes, readXml, XmlError } from '../../../src/wsman/xml/reader.js';

describe('wsman/xml/reader', () => {
  it('reads elements by namespace and local name, whatever the prefix', () => {
    const root = readXml(
      '<q:a xmlns:q="urn:x" plain="1" q:own="2"><q:b> text </q:b><b xmlns="urn:y"/></q:a>',
    );
    expect([root.uri, root.local]).to.deep.equal(['urn:x', 'a']);
    expect(childText(root, 'urn:x', 'b')).to.equal('text');
    expect(child(root, 'urn:y', 'b')).to.not.equal(undefined);
    expect(attribute(root, 'plain')).to.equal('1');
    expect(attribute(root, 'own', 'urn:x')).to.equal('2');
    expect(attribute(root, 'own')).to.equal(undefined);
  });

  it('joins text and CDATA, and decodes references', () => {
    expect(readXml('<a>1 &lt;<![CDATA[ <2> ]]>&#x41;</a>').text).to.equal('1 < <2> A');
  });

  it('takes an XML declaration, comments and line ends', () => {
    expect(readXml('<?xml version="1.0" encoding="utf-8" ?>\r\n<!-- c --><a>\r\n</a>\r\n').text).to.equal(
      '\n',
    );
  });

  it('resolves a QName in content by the namespaces in scope there', () => {
    const root = readXml('<a xmlns:w="urn:1"><b/><c xmlns:w="urn:2"/></a>');
    expect(resolveQName(root.children[0]!, 'w:X')).to.deep.equal({ uri: 'urn:1', local: 'X' });
    expect(resolveQName(root.children[1]!, 'w:X')).to.deep.equal({ uri: 'urn:2', local: 'X' });
    expect(resolveQName(root, 'none:X')).to.equal(null);
    expect(resolveQName(root, 'X')).to.deep.equal({ uri: '', local: 'X' });
  });

  const refused: Record<string, string> = {
    'a DOCTYPE': '<!DOCTYPE a><a/>',
    'an entity bomb': '<!DOCTYPE a [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;">]><a>&y;</a>',
    'an external entity': '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    'a processing instruction': '<?php echo ?><a/>',
    'wrong nesting': '<a><b></a></b>',
    'an open end': '<a>',
    'a prefix that is not bound': '<x:a/>',
    'an attribute twice': '<a b="1" b="2"/>',
    'a control character': '<a>\u0001</a>',
    'a control character by number': '<a>&#1;</a>',
    'a control character by number, as XML 1.1 would let it': '<?xml version="1.1"?><a>&#27;</a>',
    'an unknown entity': '<a>&nbsp;</a>',
    'two roots': '<a/><b/>',
    'no element': 'not xml',
    nothing: '',
  };
  for (const [what, text] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(() => readXml(text)).to.throw(XmlError);
    });
  }

  it('refuses what is too deep, at once', () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(readXml(nested(maximumDepth)).local).to.equal('a');
    expect(() => readXml(nested(maximumDepth + 1))).to.throw(XmlError, 'deep');
    expect(() => readXml(nested(50_000))).to.throw(XmlError, 'deep');
  });

  it('refuses more elements and attributes than an answer has', () => {
    const more = (count: number): string => `<a>${'<b c=""/>'.repeat(count / 2)}</a>`;
    expect(readXml(more(1000)).children).to.have.length(500);
    expect(() => readXml(more(maximumNodes))).to.throw(XmlError, 'elements and attributes');
  });

  const large: Record<string, string> = {
    attributes: `<a ${Array.from({ length: 30_000 }, (_, index) => `a${index}=""`).join(' ')}/>`,
    namespaces: `<a ${Array.from({ length: 20_000 }, (_, index) => `xmlns:n${index}="u"`).join(' ')}><b/></a>`,
    elements: `<a>${'<b/>'.repeat(maximumNodes - 1)}</a>`,
    references: `<a>${'&lt;'.repeat(100_000)}</a>`,
    'namespaces on every level':
      Array.from(
        { length: 60 },
        (_, depth) =>
          `<a ${Array.from({ length: 300 }, (__, index) => `xmlns:n${depth}-${index}="u"`).join(' ')}>`,
      ).join('') +
      '<b/>'.repeat(10_000) +
      '</a>'.repeat(60),
  };
  for (const [what, text] of Object.entries(large)) {
    it(`reads half a megabyte of ${what} without getting stuck`, () => {
      expect(readXml(text).local).to.equal('a');
    }).timeout(5000);
  }

  it('never fails in another way, whatever comes', () => {
    const scrap = fc.constantFrom(
      '<a',
      '>',
      '</a>',
      '<a>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&',
      ';',
      'xmlns:',
      '="',
      '"',
      ':',
      '<?xml',
      '?>',
      '<!DOCTYPE',
      '\u0000',
      '\uFFFF',
    );
    const text = fc.array(fc.oneof(scrap, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 30 });
    fc.assert(
      fc.property(text, (pieces) => {
        try {
          readXml(pieces.join(''));
        } catch (error) {
          expect(error).to.be.instanceOf(XmlError);
        }
      }),
    );
  });
});
