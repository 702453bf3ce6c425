import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { der, tag } from '../../../../src/wsman/auth/der.js';
import { SecurityError } from '../../../../src/wsman/auth/scheme.js';
import { mechanism } from '../../../../src/wsman/auth/spnego/mechanisms.js';
import {
  decodeNegTokenInit,
  encodeMechTypeList,
  encodeNegTokenInit,
} from '../../../../src/wsman/auth/spnego/neg-token-init.js';
import {
  decodeNegTokenResp,
  encodeNegTokenResp,
  type NegState,
} from '../../../../src/wsman/auth/spnego/neg-token-resp.js';
import { assertHardened } from '../hostile.js';
import { hex } from '../ntlm/published.js';

const anyBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const anyMechanism = fc.constantFrom(mechanism.ntlm, mechanism.kerberos, mechanism.msKerberos);

describe('wsman/auth/spnego/neg-token-init', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.array(anyMechanism), fc.option(anyBytes), (mechTypes, mechToken) => {
        const token = encodeNegTokenInit({ mechTypes, mechToken });
        const mechTypeList = encodeMechTypeList(mechTypes);
        expect(decodeNegTokenInit(token)).to.deep.equal({ mechTypes, mechTypeList, mechToken });
      }),
    );
  });

  it('reads one with NTLM alone, as clients of Windows write it', () => {
    const token = hex(`
      6020 06062b0601050502 a016 3014
        a00e 300c 060a 2b06010401823702020a
        a202 0400`);
    expect(decodeNegTokenInit(token)).to.deep.equal({
      mechTypes: [mechanism.ntlm],
      mechTypeList: hex('300c060a2b06010401823702020a'),
      mechToken: Buffer.alloc(0),
    });
  });

  it('passes over flags, hints and signatures that do not matter yet', () => {
    const fields = [
      der(tag.context(0), encodeMechTypeList([mechanism.ntlm])),
      der(tag.context(1), hex('03020176')),
      der(tag.context(2), der(tag.octetString, hex('01'))),
      der(tag.context(3), der(tag.sequence)),
      der(tag.context(4), der(tag.octetString)),
    ];
    const inner = der(tag.context(0), der(tag.sequence, ...fields));
    const token = der(tag.application0, hex('06062b0601050502'), inner);
    expect(decodeNegTokenInit(token).mechToken).to.deep.equal(hex('01'));
  });

  it('refuses another mechanism of GSS, fields that no one knows, and bytes behind the end', () => {
    const good = encodeNegTokenInit({ mechTypes: [mechanism.ntlm], mechToken: null });
    expect(() => decodeNegTokenInit(Buffer.concat([good, Buffer.alloc(1)]))).to.throw(SecurityError);
    const kerberos = Buffer.from(good);
    kerberos[9] = 0x03;
    expect(() => decodeNegTokenInit(kerberos)).to.throw(SecurityError, 'not SPNEGO');
    const unknown = der(tag.sequence, der(tag.context(0), encodeMechTypeList([])), der(tag.context(7)));
    expect(() =>
      decodeNegTokenInit(der(tag.application0, hex('06062b0601050502'), der(tag.context(0), unknown))),
    ).to.throw(SecurityError);
  });

  it('refuses one that is cut anywhere, and stands hostile bytes', () => {
    const good = encodeNegTokenInit({
      mechTypes: [mechanism.kerberos, mechanism.ntlm],
      mechToken: Buffer.alloc(20),
    });
    for (let length = 0; length < good.length; length += 1) {
      expect(() => decodeNegTokenInit(good.subarray(0, length)), `at ${length}`).to.throw(SecurityError);
    }
    assertHardened(decodeNegTokenInit, good);
  });
});

describe('wsman/auth/spnego/neg-token-resp', () => {
  const states: NegState[] = ['accept-completed', 'accept-incomplete', 'reject', 'request-mic'];

  it('reads back what it wrote', () => {
    const anyToken = fc.record({
      state: fc.option(fc.constantFrom(...states)),
      supportedMech: fc.option(anyMechanism),
      responseToken: fc.option(anyBytes),
      mechListMic: fc.option(anyBytes),
    });
    fc.assert(
      fc.property(anyToken, (token) => {
        expect(decodeNegTokenResp(encodeNegTokenResp(token))).to.deep.equal(token);
      }),
    );
  });

  it('writes the first answer of a server', () => {
    const token = encodeNegTokenResp({
      state: 'accept-incomplete',
      supportedMech: mechanism.ntlm,
      responseToken: hex('4e54'),
    });
    expect(token.toString('hex')).to.equal(
      'a11b3019' + 'a0030a0101' + 'a10c060a2b06010401823702020a' + 'a20404024e54',
    );
  });

  it('refuses states that do not exist', () => {
    for (const state of ['0a0104', '0a020000', '0a00', '020100']) {
      const field = der(tag.context(0), hex(state));
      expect(() => decodeNegTokenResp(der(tag.context(1), der(tag.sequence, field)))).to.throw(SecurityError);
    }
  });

  it('refuses one that is cut anywhere, and stands hostile bytes', () => {
    const good = encodeNegTokenResp({
      state: 'request-mic',
      supportedMech: mechanism.ntlm,
      responseToken: Buffer.alloc(20),
      mechListMic: Buffer.alloc(16),
    });
    for (let length = 0; length < good.length; length += 1) {
      expect(() => decodeNegTokenResp(good.subarray(0, length)), `at ${length}`).to.throw(SecurityError);
    }
    assertHardened(decodeNegTokenResp, good);
  });
});
