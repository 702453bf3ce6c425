// Faults: those of real hosts (test/exchanges/faults.yaml), and our own there and back.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { decodeFault, encodeFault, faultText } from '../../../src/wsman/envelope/fault.js';
import { decodeResponseHeaders } from '../../../src/wsman/envelope/headers.js';
import { readSoap } from '../../../src/wsman/envelope/soap.js';
import { innermostCode } from '../../../src/wsman/fault.js';
import { faultCodes, WsmanFault, type FaultName } from '../../../src/wsman/index.js';
import { bodyOf, bodyOfText } from './body.js';

interface RecordedFault {
  name: string;
  body: string;
  expected: {
    origin: string;
    subcode: string | null;
    code: number | null;
    innermost: number | null;
    detail: string | null;
    text: string;
  };
}

const file = new URL('../../exchanges/faults.yaml', import.meta.url);
const { faults } = parse(readFileSync(file, 'utf8')) as { faults: RecordedFault[] };

describe('wsman/envelope/fault', () => {
  for (const { name, body, expected } of faults) {
    it(`reads a host's fault: ${name}`, () => {
      const facts = decodeFault(bodyOfText(body))!;
      expect({
        origin: facts.origin,
        subcode: facts.subcode,
        code: facts.code,
        innermost: innermostCode(facts),
        detail: facts.detail,
        text: faultText(facts),
      }).to.deep.equal(expected);
    });
  }

  for (const name of Object.keys(faultCodes) as FaultName[]) {
    it(`reads its own ${name}`, () => {
      const { facts } = new WsmanFault(name);
      expect(decodeFault(readSoap(encodeFault(facts, 'uuid:2', null)).body)).to.deep.equal(facts);
    });
  }

  it('takes the provider’s number and text over those around it', () => {
    const provider = { provider: 'WMI Provider', path: 'x.dll', code: 2147749904, message: 'Invalid class' };
    const { facts } = new WsmanFault('CANNOT_PROCESS_FILTER', { provider });
    const read = decodeFault(readSoap(encodeFault(facts, 'uuid:2', 'uuid:1')).body)!;
    expect(read).to.deep.equal(facts);
    expect([innermostCode(read), faultText(read)]).to.deep.equal([2147749904, 'Invalid class']);
  });

  it('names the family of its subcode as action, and relates to the request where that is known', () => {
    const { facts } = new WsmanFault('INVALID_ENUMERATION_CONTEXT');
    const related = readSoap(encodeFault(facts, 'uuid:2', 'uuid:1')).header;
    expect(decodeResponseHeaders(related)).to.deep.equal({
      relatesTo: 'uuid:1',
      action: 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/fault',
    });
    expect(decodeResponseHeaders(readSoap(encodeFault(facts, 'uuid:2', null)).header).relatesTo).to.equal(
      null,
    );
  });

  it('has the word that makes Packer ask again', () => {
    expect(faultCodes.OPERATION_TIMEDOUT.message).to.contain('OperationTimeout');
  });

  it('is not there in other answers, and survives one that is empty', () => {
    expect(decodeFault(bodyOf())).to.equal(null);
    expect(decodeFault(bodyOfText('<s:Fault/>'))).to.deep.equal({
      origin: 'Receiver',
      subcode: null,
      code: null,
      message: '',
      detail: null,
      provider: null,
    });
  });
});
