import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeProperties } from '../../../src/wsman/cim/decode.js';
import { encodeFragment, encodeInstance, encodeParameters } from '../../../src/wsman/cim/encode.js';
import { classUri, ns } from '../../../src/wsman/namespaces.js';
import type {
  CimInstance,
  CimScalar,
  CimValue,
  WireItem,
  WireProperties,
  WireValue,
} from '../../../src/wsman/index.js';
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

/** As it stands in an envelope: the prefixes a and w are bound there. */
function read(markup: Markup): XmlElement {
  return readXml(xml('root', { 'xmlns:a': ns.a, 'xmlns:w': ns.w }, markup).text).children[0]!;
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

  it('leaves out what it cannot read, and cim:Location', () => {
    const text = `<x xmlns:cim="${ns.cim}"><Odd><Address>a</Address></Odd><Name>n</Name><cim:Location>l</cim:Location></x>`;
    expect(decodeProperties(readXml(text))).to.deep.equal({ Name: 'n' });
  });

  describe('embedded objects', () => {
    const inner: CimInstance = {
      namespace: 'root/cimv2',
      className: 'Win32_Inner',
      properties: { Size: 1, When: { datetime: '2013-03-09T02:57:32Z' }, Nothing: null, Datetime: 'text' },
    };
    const outer: CimInstance = {
      namespace: 'root/cimv2',
      className: 'Win32_Outer',
      properties: {
        One: { object: { ...inner, properties: { ...inner.properties, Deep: { object: inner } } } },
      },
    };
    const resourceUri = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Inner';
    const properties = { Size: '1', When: '2013-03-09T02:57:32Z', Nothing: null, Datetime: 'text' };
    const read1 = { className: 'Win32_Inner', resourceUri, properties };
    const expected = { One: { ...read1, properties: { ...properties, Deep: read1 } } };

    it('come back in both forms, one in the other', () => {
      expect(decodeProperties(read(encodeInstance(outer)))).to.deep.equal(expected);
      expect(decodeProperties(read(encodeFragment(outer, ['One'])))).to.deep.equal(expected);
    });

    it('stand in lists, with all their properties or none', () => {
      const empty = { ...inner, properties: {} };
      const list = { ...outer, properties: { All: [{ object: inner }, { object: empty }] } };
      expect(decodeProperties(read(encodeInstance(list)))).to.deep.equal({
        All: [read1, { ...read1, properties: {} }],
      });
    });

    it('are told by the namespace of their properties where a server says no type', () => {
      const text = `<x><One xmlns:q="${resourceUri}"><q:Size>1</q:Size></One></x>`;
      expect(decodeProperties(readXml(text))).to.deep.equal({
        One: { className: 'Win32_Inner', resourceUri, properties: { Size: '1' } },
      });
    });

    it('are not seen in plain values that say their type (ShowExtensions)', () => {
      const text = `<x xmlns:xsi="${ns.xsi}" xmlns:cim="${ns.cim}"><A xsi:type="cim:cimString">t</A><B xsi:type="unbound:X_Type">u</B></x>`;
      expect(decodeProperties(readXml(text))).to.deep.equal({ A: 't', B: 'u' });
    });

    it('go no deeper than XML may', () => {
      let deep: CimInstance = inner;
      for (let depth = 0; depth < 70; depth++) deep = { ...inner, properties: { Deep: { object: deep } } };
      expect(() => read(encodeInstance(deep))).to.throw('deep');
    });
  });

  describe('references', () => {
    const reference = { resourceUri: 'urn:x/Win32_Service', selectors: { Name: 'a "b" & c', Other: '' } };
    const referring: CimInstance = {
      namespace: 'root/cimv2',
      className: 'X',
      properties: {
        One: { reference },
        Two: [{ reference }, { reference }],
        None: { reference: { ...reference, selectors: {} } },
      },
    };
    const expected = { One: reference, Two: [reference, reference], None: { ...reference, selectors: {} } };

    it('come back in both forms', () => {
      expect(decodeProperties(read(encodeInstance(referring)))).to.deep.equal(expected);
      expect(decodeProperties(read(encodeFragment(referring, ['One', 'Two', 'None'])))).to.deep.equal(
        expected,
      );
    });

    it('are read in no namespace, as fragments may have them', () => {
      const text =
        '<x><R><Address/><ReferenceParameters><ResourceURI>urn:x/C</ResourceURI><SelectorSet><Selector Name="K">v</Selector></SelectorSet></ReferenceParameters></R></x>';
      expect(decodeProperties(readXml(text))).to.deep.equal({
        R: { resourceUri: 'urn:x/C', selectors: { K: 'v' } },
      });
    });

    for (const [what, inside] of [
      ['a resource', ''],
      ['the name of a key', '<ResourceURI>u</ResourceURI><SelectorSet><Selector>v</Selector></SelectorSet>'],
      [
        'a key of text',
        '<ResourceURI>u</ResourceURI><SelectorSet><Selector Name="K"><E/></Selector></SelectorSet>',
      ],
    ] as const) {
      it(`are left out without ${what}`, () => {
        const text = `<x><R><ReferenceParameters>${inside}</ReferenceParameters></R></x>`;
        expect(decodeProperties(readXml(text))).to.deep.equal({});
      });
    }
  });

  it('writes every form that a datetime has, with and without prefix', () => {
    const times: CimInstance = {
      ...instance,
      properties: {
        A: { datetime: '2013-03-09T02:57:32.123456Z' },
        B: { interval: 'P1DT0H0M0S' },
        C: { date: '2013-03-09' },
        D: { time: '02:57:32' },
      },
    };
    const elements = (markup: Markup): string[] =>
      read(markup).children.map(
        ({ children: [inner] }) => `${inner?.uri === ns.cim ? 'cim:' : ''}${inner?.local}`,
      );
    expect(elements(encodeInstance(times))).to.deep.equal([
      'cim:Datetime',
      'cim:Interval',
      'cim:Date',
      'cim:Time',
    ]);
    expect(elements(encodeFragment(times, ['A', 'B', 'C', 'D']))).to.deep.equal([
      'Datetime',
      'Interval',
      'Date',
      'Time',
    ]);
  });

  it('writes what is no finite number as xs:double has it', () => {
    const numbers = { ...instance, properties: { A: [Infinity, -Infinity, NaN, 1e21, -0.5] } };
    expect(decodeProperties(read(encodeInstance(numbers)))['A']).to.deep.equal([
      'INF',
      '-INF',
      'NaN',
      '1e+21',
      '-0.5',
    ]);
  });

  it('keeps names that objects have of themselves as plain properties', () => {
    const read = decodeProperties(readXml('<x><__proto__>p</__proto__><constructor>c</constructor></x>'));
    expect(Object.entries(read)).to.deep.equal([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ]);
  });

  describe('round trip', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .map((value) => value.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' '));
    const name = fc.stringMatching(/^[A-Za-z]\w{0,9}$/);
    const iso = fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
    const reference = fc.record({
      resourceUri: name.map((word) => `urn:x/${word}`),
      selectors: fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true }),
    });
    const { instance: any } = fc.letrec<{ instance: CimInstance; scalar: CimScalar; value: CimValue }>(
      (tie) => ({
        scalar: fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          text,
          fc.integer(),
          fc.bigInt(),
          fc.boolean(),
          fc.double(),
          iso.map((datetime) => ({ datetime })),
          fc.nat().map((seconds) => ({ interval: `PT${seconds}S` })),
          iso.map((point) => ({ date: point.slice(0, 10) })),
          iso.map((point) => ({ time: point.slice(11, 19) })),
          reference.map((value) => ({ reference: value })),
          tie('instance').map((value) => ({ object: value })),
        ),
        value: fc.oneof(fc.constant(null), tie('scalar'), fc.array(tie('scalar'), { maxLength: 4 })),
        instance: fc.record({
          namespace: fc.constantFrom('root/cimv2', 'root/standardcimv2'),
          className: name,
          properties: fc.dictionary(name, tie('value'), { maxKeys: 6, noNullPrototype: true }),
        }),
      }),
    );

    it('brings every value back, in class form and in fragments', () => {
      fc.assert(
        fc.property(any, (sent) => {
          const expected = asWire(sent);
          expect(decodeProperties(read(encodeInstance(sent)))).to.deep.equal(expected);
          // Columns that differ in case alone are one to WMI, and so is what a fragment holds of them.
          const columns = Object.keys(sent.properties);
          if (new Set(columns.map((column) => column.toLowerCase())).size < columns.length) return;
          expect(decodeProperties(read(encodeFragment(sent, columns)))).to.deep.equal(expected);
        }),
      );
    });

    function asWire({ properties }: CimInstance): WireProperties {
      const entries = Object.entries(properties).map(([key, value]) => [key, wireOf(value)] as const);
      return Object.fromEntries(
        entries.filter((entry): entry is [string, WireValue] => entry[1] !== undefined),
      );
    }

    /** A list of one is a single value, an empty list is absent. */
    function wireOf(value: CimValue): WireValue | undefined {
      if (value === null) return null;
      const items = (Array.isArray(value) ? (value as CimScalar[]) : [value as CimScalar]).map(itemOf);
      return items.length < 2 ? items[0] : items;
    }

    function itemOf(value: CimScalar): WireItem {
      if (typeof value === 'number' && !Number.isFinite(value)) {
        return Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF';
      }
      if (typeof value !== 'object') return String(value);
      if ('reference' in value) return value.reference;
      if (!('object' in value)) return Object.values(value)[0] as string;
      const { namespace, className } = value.object;
      return { className, resourceUri: classUri(namespace, className), properties: asWire(value.object) };
    }
  });
});
