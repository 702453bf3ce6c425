import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  decodeIdentifyResponse,
  encodeIdentify,
  encodeIdentifyResponse,
  isIdentify,
} from '../../../src/wsman/envelope/identify.js';
import { readSoap } from '../../../src/wsman/envelope/soap.js';
import { XmlError } from '../../../src/wsman/xml/reader.js';
import { bodyOfText } from './body.js';

const answer = {
  productVendor: 'Microsoft Corporation',
  productVersion: 'OS: 6.2.9200 SP: 0.0 Stack: 3.0',
  productVersionUnauthenticated: 'OS: 0.0.0 SP: 0.0 Stack: 3.0',
};

describe('wsman/envelope/identify', () => {
  it('is recognised by what it writes', () => {
    expect(isIdentify(readSoap(encodeIdentify()))).to.equal(true);
    expect(isIdentify(readSoap(encodeIdentifyResponse(answer, true, true)))).to.equal(false);
  });

  it('tells an authenticated caller the version and the security profiles', () => {
    const text = encodeIdentifyResponse(answer, true, true);
    expect(decodeIdentifyResponse(readSoap(text).body)).to.deep.equal({
      productVendor: 'Microsoft Corporation',
      productVersion: 'OS: 6.2.9200 SP: 0.0 Stack: 3.0',
      protocolVersion: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
    });
    expect(text).to.contain('secprofile/https/basic');
  });

  it('tells others less', () => {
    const text = encodeIdentifyResponse(answer, false, true);
    expect(decodeIdentifyResponse(readSoap(text).body).productVersion).to.equal(
      'OS: 0.0.0 SP: 0.0 Stack: 3.0',
    );
    expect(text).to.not.contain('secprofile');
  });

  it('reads the answer of OMI, which puts it into the SOAP namespace', () => {
    const body = bodyOfText(
      '<s:IdentifyResponse><wsmid:ProductVendor>OMI</wsmid:ProductVendor></s:IdentifyResponse>',
    );
    expect(decodeIdentifyResponse(body)).to.include({ productVendor: 'OMI', productVersion: '' });
  });

  it('refuses what is no answer to it', () => {
    expect(() => decodeIdentifyResponse(bodyOfText('<x:Other/>'))).to.throw(XmlError);
  });
});
