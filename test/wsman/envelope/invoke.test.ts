import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeGetResponse, encodeGetResponse } from '../../../src/wsman/envelope/get.js';
import {
  decodeInvoke,
  decodeInvokeResponse,
  encodeInvoke,
  encodeInvokeResponse,
} from '../../../src/wsman/envelope/invoke.js';
import { WsmanFault } from '../../../src/wsman/index.js';
import { XmlError } from '../../../src/wsman/xml/reader.js';
import { serviceInstance } from '../toy-handler.js';
import { bodyOf, bodyOfText } from './body.js';

describe('wsman/envelope/invoke and get', () => {
  it('reads the parameters that it writes, both ways', () => {
    const input = bodyOf(
      encodeInvoke('urn:c', 'GetX', { hDefKey: 2147483650, sSubKeyName: 'SOFTWARE\\A & B' }),
    );
    expect(decodeInvoke(input, 'getx')).to.deep.equal({
      hDefKey: '2147483650',
      sSubKeyName: 'SOFTWARE\\A & B',
    });
    const output = bodyOf(
      encodeInvokeResponse('urn:c', 'GetX', { ReturnValue: 0, sNames: ['a', 'b'], x: null }),
    );
    expect(decodeInvokeResponse(output)).to.deep.equal({ ReturnValue: '0', sNames: ['a', 'b'], x: null });
  });

  it('takes a call without parameters, and refuses those of another method', () => {
    expect(decodeInvoke(bodyOf(), 'M')).to.deep.equal({});
    expect(() => decodeInvoke(bodyOf(encodeInvoke('urn:c', 'Other', {})), 'M')).to.throw(WsmanFault);
  });

  it('refuses an answer without output or instance', () => {
    expect(() => decodeInvokeResponse(bodyOf())).to.throw(XmlError);
    expect(() => decodeInvokeResponse(bodyOfText('<x:Other/>'))).to.throw(XmlError);
    expect(() => decodeGetResponse(bodyOf())).to.throw(XmlError);
  });

  it('reads the instance that a Get is answered with', () => {
    expect(decodeGetResponse(bodyOf(encodeGetResponse(serviceInstance('WinRM'))))).to.include({
      Name: 'WinRM',
      Started: 'true',
    });
  });
});
