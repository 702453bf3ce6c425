import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  decodeEnumerate,
  decodePage,
  decodePull,
  decodeRelease,
  encodeEnumerate,
  encodeEnumerateResponse,
  encodePull,
  encodePullResponse,
  encodeRelease,
} from '../../../src/wsman/envelope/enumeration.js';
import { WsmanFault } from '../../../src/wsman/index.js';
import { ns } from '../../../src/wsman/namespaces.js';
import { child } from '../../../src/wsman/xml/element.js';
import { XmlError } from '../../../src/wsman/xml/reader.js';
import { xml } from '../../../src/wsman/xml/writer.js';
import { bodyOf, bodyOfText } from './body.js';

const items = [xml('Item', {}, '1'), xml('Item', {}, '2')];

describe('wsman/envelope/enumeration', () => {
  it('reads the Enumerate that it writes, with a query that needs escaping', () => {
    const sent = { optimize: true, maxElements: 32000, wql: "select A from B where C<'&'" };
    expect(decodeEnumerate(bodyOf(encodeEnumerate(sent)))).to.deep.equal(sent);
    const plain = { optimize: false, maxElements: 7, wql: null };
    expect(decodeEnumerate(bodyOf(encodeEnumerate(plain)))).to.deep.equal(plain);
  });

  it('takes one element when none is asked for (DSP0226 8.2.3)', () => {
    expect(decodeEnumerate(bodyOfText('<n:Enumerate/>')).maxElements).to.equal(1);
    expect(
      decodePull(bodyOfText('<n:Pull><n:EnumerationContext>c</n:EnumerationContext></n:Pull>')),
    ).to.deep.equal({
      context: 'c',
      maxElements: 1,
    });
  });

  it('puts items and end into the namespace of the message that carries them', () => {
    const first = bodyOf(encodeEnumerateResponse({ items, context: null })).children[0]!;
    expect(child(first, ns.w, 'Items')?.children).to.have.length(2);
    expect(child(first, ns.w, 'EndOfSequence')).to.not.equal(undefined);
    expect(child(first, ns.n, 'EnumerationContext')?.text).to.equal('');
    const next = bodyOf(encodePullResponse({ items, context: null })).children[0]!;
    expect(child(next, ns.n, 'Items')?.children).to.have.length(2);
    expect(child(next, ns.n, 'EndOfSequence')).to.not.equal(undefined);
    expect(child(next, ns.n, 'EnumerationContext')).to.equal(undefined);
  });

  it('reads pages: with a context, the last one, an empty one', () => {
    const page = decodePage(bodyOf(encodeEnumerateResponse({ items, context: 'uuid:1' })));
    expect(page.context).to.equal('uuid:1');
    expect(page.items.map(({ text }) => text)).to.deep.equal(['1', '2']);
    expect(decodePage(bodyOf(encodePullResponse({ items, context: null }))).context).to.equal(null);
    expect(decodePage(bodyOf(encodeEnumerateResponse({ items: null, context: null })))).to.deep.equal({
      items: [],
      context: null,
    });
    expect(decodePage(bodyOfText('<n:PullResponse><n:EndOfSequence/></n:PullResponse>')).items).to.deep.equal(
      [],
    );
  });

  it('refuses an answer that neither ends nor goes on', () => {
    expect(() => decodePage(bodyOfText('<n:EnumerateResponse/>'))).to.throw(XmlError, 'neither');
    expect(() => decodePage(bodyOfText('<n:Other/>'))).to.throw(XmlError);
  });

  it('reads the Pull and the Release that it writes', () => {
    expect(decodePull(bodyOf(encodePull({ context: 'c', maxElements: 5 })))).to.deep.equal({
      context: 'c',
      maxElements: 5,
    });
    expect(decodeRelease(bodyOf(encodeRelease('c')))).to.equal('c');
  });

  const refused: Record<string, [() => unknown, string]> = {
    'a body that is missing': [() => decodeEnumerate(bodyOfText('')), 'w:SchemaValidationError'],
    'a Pull without a context': [() => decodePull(bodyOfText('<n:Pull/>')), 'w:SchemaValidationError'],
    'a Release without a context': [
      () => decodeRelease(bodyOfText('<n:Release/>')),
      'w:SchemaValidationError',
    ],
    'no elements at all': [
      () => decodeEnumerate(bodyOfText('<n:Enumerate><w:MaxElements>0</w:MaxElements></n:Enumerate>')),
      'w:SchemaValidationError',
    ],
    'endpoint references': [
      () =>
        decodeEnumerate(
          bodyOfText('<n:Enumerate><w:EnumerationMode>EnumerateEPR</w:EnumerationMode></n:Enumerate>'),
        ),
      'w:UnsupportedFeature',
    ],
    'another dialect': [
      () =>
        decodeEnumerate(bodyOfText('<n:Enumerate><w:Filter Dialect="urn:CQL">x</w:Filter></n:Enumerate>')),
      'n:FilterDialectRequestedUnavailable',
    ],
  };
  for (const [what, [run, subcode]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(run).to.throw(WsmanFault).with.nested.property('facts.subcode', subcode);
    });
  }
});
