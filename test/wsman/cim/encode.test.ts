import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeProperties } from '../../../src/wsman/cim/decode.js';
import { encodeFragment, encodeInstance, encodeParameters } from '../../../src/wsman/cim/encode.js';
import { ns } from '../../../src/wsman/namespaces.js';
import type { CimInstance, CimScalar, CimValue, WireValue } from '../../../src/wsman/index.js';
import { attribute, type XmlElement } from '../../../src/wsman/xml/element.js';
import { readXml } from '../../../src/wsman/xml/reader.js';
import { xml, type Markup } from '../../../src/wsman/xml/writer.js';

const instance: CimInstance = {
  namespace: 'root/cimv2',
  className: 'Win32_Thing',
  properties: {
    Name: 'a <b>',
    caption: '',
    Size: 18446744073709551615n,
    Ready: true,
    Owner: null,
    Roles: ['x', 'y'],
    None: [],
    InstallDate: { datetime: '2013-03-09T02:57:32Z' },
    Age: { interval: 'P0DT0H1M40S' },
  },
};

/** As it stands in an envelope: the prefix w is bound there. */
function read(markup: Markup): XmlElement {
  return readXml(xml('root', { 'xmlns:w': ns.w }, markup).text).children[0]!;
}

describe('wsman/cim/encode and decode', () => {
  it('writes class form: the class as element, its URI as namespace, its type', () => {
    const element = read(encodeInstance(instance));
    const uri = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Thing';
    expect([element.local, element.uri]).to.deep.equal(['Win32_Thing', uri]);
    expect(attribute(element, 'type', ns.xsi)).to.equal('p:Win32_Thing_Type');
    expect(element.children.every((property) => property.uri === uri)).to.equal(true);
  });

  it('orders properties without regard to case, repeats arrays and leaves out empty ones', () => {
    const names = read(encodeInstance(instance)).children.map(({ local }) => local);
    expect(names).to.deep.equal([
      'Age',
      'caption',
      'InstallDate',
      'Name',
      'Owner',
      'Ready',
      'Roles',
      'Roles',
      'Size',
    ]);
  });

  it('reads both forms alike', () => {
    const all = {
      Age: 'P0DT0H1M40S',
      caption: '',
      InstallDate: '2013-03-09T02:57:32Z',
      Name: 'a <b>',
      Owner: null,
      Ready: 'true',
      Roles: ['x', 'y'],
      Size: '18446744073709551615',
    };
    expect(decodeProperties(read(encodeInstance(instance)))).to.deep.equal(all);
    const columns = Object.keys(instance.properties);
    expect(decodeProperties(read(encodeFragment(instance, columns)))).to.deep.equal(all);
  });

  it('writes fragment form: the columns asked for, in no namespace, null where there is none', () => {
    const element = read(encodeFragment(instance, ['SIZE', 'name', 'Other']));
    expect([element.local, element.uri]).to.deep.equal(['XmlFragment', ns.w]);
    expect(element.children.every(({ uri }) => uri === '')).to.equal(true);
    expect(decodeProperties(element)).to.deep.equal({
      Name: 'a <b>',
      Other: null,
      Size: '18446744073709551615',
    });
  });

  it('writes parameters in the order given', () => {
    const element = read(encodeParameters('M_INPUT', 'urn:c', { b: 1, a: ['x', 'y'] }));
    expect(element.children.map(({ local, text }) => `${local}=${text}`)).to.deep.equal([
      'b=1',
      'a=x',
      'a=y',
    ]);
  });

  it('leaves out what it cannot read: references, embedded objects, and cim:Location', () => {
    const text = `<x xmlns:cim="${ns.cim}"><Ref><Address>a</Address></Ref><Name>n</Name><cim:Location>l</cim:Location></x>`;
    expect(decodeProperties(readXml(text))).to.deep.equal({ Name: 'n' });
  });

  it('keeps names that objects have of themselves as plain properties', () => {
    const read = decodeProperties(readXml('<x><__proto__>p</__proto__><constructor>c</constructor></x>'));
    expect(Object.entries(read)).to.deep.equal([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
  });

  it('round trip: every value comes back as its text', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\p{Cc}\p{Cs}]/gu, ' '));
    const scalar: fc.Arbitrary<CimScalar> = fc.oneof(text, fc.integer(), fc.bigInt(), fc.boolean());
    const value: fc.Arbitrary<CimValue> = fc.oneof(
      scalar,
      fc.constant(null),
      fc.array(scalar, { maxLength: 4 }),
    );
    const name = fc.stringMatching(/^[A-Za-z]\w{0,9}$/);
    const asWire = (sent: CimValue): WireValue | undefined => {
      if (sent === null) return null;
      if (typeof sent !== 'object') return String(sent);
      const texts = (sent as CimScalar[]).map(String);
      return texts.length < 2 ? texts[0] : texts;
    };
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true }), (properties) => {
        const sent = { namespace: 'root/cimv2', className: 'C', properties };
        const expected = Object.entries(properties)
          .map(([key, item]) => [key, asWire(item)])
          .filter(([, item]) => item !== undefined);
        expect(decodeProperties(read(encodeInstance(sent)))).to.deep.equal(Object.fromEntries(expected));
      }),
    );
  });
});
