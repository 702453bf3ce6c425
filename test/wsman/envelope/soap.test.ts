import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readSoap, writeSoap } from '../../../src/wsman/envelope/soap.js';
import { ns } from '../../../src/wsman/namespaces.js';
import { XmlError } from '../../../src/wsman/xml/reader.js';
import { xml } from '../../../src/wsman/xml/writer.js';

describe('wsman/envelope/soap', () => {
  it('reads what it writes', () => {
    const message = readSoap(writeSoap([xml('a:To', {}, 'x')], [xml('wsmid:Identify')]));
    expect(message.header?.children[0]).to.include({ uri: ns.a, local: 'To', text: 'x' });
    expect(message.body.children[0]).to.include({ uri: ns.wsmid, local: 'Identify' });
  });

  it('takes an envelope without a header', () => {
    expect(readSoap(`<e:Envelope xmlns:e="${ns.s}"><e:Body/></e:Envelope>`).header).to.equal(null);
  });

  for (const text of [
    '<Envelope><Body/></Envelope>',
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
    `<s:Envelope xmlns:s="${ns.s}"><s:Header/></s:Envelope>`,
    '<html><body>hello</body></html>',
  ]) {
    it(`is no envelope: ${text.slice(0, 40)}`, () => {
      expect(() => readSoap(text)).to.throw(XmlError, 'nvelope');
    });
  }
});
