import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  decodeRequestHeaders,
  decodeResponseHeaders,
  encodeRequest,
  encodeResponse,
  messageIdOf,
  type RequestHeaders,
} from '../../../src/wsman/envelope/headers.js';
import { readSoap, writeSoap } from '../../../src/wsman/envelope/soap.js';
import { WsmanFault } from '../../../src/wsman/index.js';
import { ns } from '../../../src/wsman/namespaces.js';
import { readXml } from '../../../src/wsman/xml/reader.js';

const sent: RequestHeaders = {
  to: 'https://host:5986/wsman',
  action: 'urn:action',
  messageId: 'uuid:1',
  resourceUri: 'urn:resource',
  maxEnvelopeBytes: 153600,
  operationTimeoutMs: 20_000,
  selectors: { ShellId: 'S1' },
  options: { WINRS_CODEPAGE: '65001' },
};

const complete = {
  To: '<a:To>x</a:To>',
  ReplyTo: `<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>`,
  Action: '<a:Action>urn:action</a:Action>',
  MessageID: '<a:MessageID>uuid:1</a:MessageID>',
  ResourceURI: '<w:ResourceURI>urn:resource</w:ResourceURI>',
};

/** The fault that these headers are answered with. */
function faultOf(parts: Partial<Record<string, string>>): WsmanFault['facts'] {
  const inner = Object.values({ ...complete, ...parts }).join('');
  const header = readXml(
    `<s:Header xmlns:s="${ns.s}" xmlns:a="${ns.a}" xmlns:w="${ns.w}" xmlns:p="${ns.p}">${inner}</s:Header>`,
  );
  try {
    decodeRequestHeaders(header);
  } catch (error) {
    if (error instanceof WsmanFault) return error.facts;
    throw error;
  }
  throw new Error('no fault');
}

describe('wsman/envelope/headers', () => {
  it('reads the request that it writes', () => {
    expect(decodeRequestHeaders(readSoap(encodeRequest(sent, [])).header)).to.deep.equal(sent);
  });

  it('round trip with any text in selectors and options', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\p{Cc}\p{Cs}]/gu, ' '));
    fc.assert(
      fc.property(fc.dictionary(text, text, { noNullPrototype: true, maxKeys: 4 }), (selectors) => {
        const headers = { ...sent, selectors };
        expect(decodeRequestHeaders(readSoap(encodeRequest(headers, [])).header)).to.deep.equal(headers);
      }),
    );
  });

  it('needs neither MaxEnvelopeSize nor OperationTimeout', () => {
    const headers = { ...sent, maxEnvelopeBytes: null, operationTimeoutMs: null };
    expect(decodeRequestHeaders(readSoap(encodeRequest(headers, [])).header)).to.deep.equal(headers);
  });

  it('reads options by upper-case name', () => {
    const text = encodeRequest({ ...sent, options: { winrs_noProfile: 'FALSE' } }, []);
    expect(decodeRequestHeaders(readSoap(text).header).options).to.deep.equal({ WINRS_NOPROFILE: 'FALSE' });
  });

  for (const name of ['To', 'ReplyTo', 'Action', 'MessageID']) {
    it(`answers a missing ${name} with MessageInformationHeaderRequired`, () => {
      expect(faultOf({ [name]: '' })).to.include({
        code: 2150858769,
        subcode: 'a:MessageInformationHeaderRequired',
      });
    });
  }

  it('answers a missing ResourceURI with InvalidResourceURI', () => {
    expect(faultOf({ ResourceURI: '' }).code).to.equal(2150858811);
  });

  it('answers only on the same connection', () => {
    const ReplyTo = '<a:ReplyTo><a:Address>http://elsewhere</a:Address></a:ReplyTo>';
    expect(faultOf({ ReplyTo })).to.include({ subcode: 'w:UnsupportedFeature', detail: 'AddressingMode' });
  });

  it('says what is wrong with a negative timeout', () => {
    const facts = faultOf({ more: '<w:OperationTimeout>PT-1S</w:OperationTimeout>' });
    expect(facts.code).to.equal(2150858767);
    expect(facts.message).to.contain('PT-1S');
  });

  it('refuses an envelope size that is too small or no number', () => {
    expect(faultOf({ more: '<w:MaxEnvelopeSize>8191</w:MaxEnvelopeSize>' }).code).to.equal(2150858805);
    expect(faultOf({ more: '<w:MaxEnvelopeSize>big</w:MaxEnvelopeSize>' }).code).to.equal(2150858767);
  });

  it('refuses a message id that is too long, and an action that is there twice', () => {
    expect(faultOf({ MessageID: `<a:MessageID>${'x'.repeat(2049)}</a:MessageID>` }).code).to.equal(
      2150858767,
    );
    expect(faultOf({ more: '<a:Action>urn:other</a:Action>' }).code).to.equal(2150858767);
  });

  it('refuses what it must understand and does not, with SOAP’s attribute only', () => {
    expect(
      faultOf({ more: '<w:FragmentTransfer s:mustUnderstand="true">x</w:FragmentTransfer>' }).subcode,
    ).to.equal('w:UnsupportedFeature');
    expect(faultOf({ more: '<w:Locale s:mustUnderstand="true" xml:lang="de"/>' }).detail).to.equal('Locale');
    expect(() =>
      faultOf({ more: '<w:Other mustUnderstand="true"/><p:SessionId s:mustUnderstand="false"/>' }),
    ).to.throw('no fault');
    expect(faultOf({ more: '<x xmlns="constructor" s:mustUnderstand="1"/>' }).subcode).to.equal(
      'w:UnsupportedFeature',
    );
  });

  it('gives the message id also of headers that are wrong', () => {
    const { header } = readSoap(encodeRequest({ ...sent, resourceUri: '' }, []));
    expect(messageIdOf(header)).to.equal('uuid:1');
    expect(messageIdOf(null)).to.equal(null);
  });

  it('relates an answer to its request', () => {
    const { header } = readSoap(encodeResponse({ action: 'urn:a', messageId: 'uuid:1' }, 'uuid:2', []));
    expect(decodeResponseHeaders(header)).to.deep.equal({ relatesTo: 'uuid:1', action: 'urn:aResponse' });
    expect(decodeResponseHeaders(readSoap(writeSoap([], [])).header).relatesTo).to.equal(null);
  });
});
