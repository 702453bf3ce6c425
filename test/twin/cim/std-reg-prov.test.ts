import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { invokeStdRegProv } from '../../../src/twin/cim/std-reg-prov.js';
import { makeRig, type Rig } from '../rig.js';

const hklm = '2147483650';
const path = 'SOFTWARE\\Example';

describe('StdRegProv of the twin', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
    const key = `HKLM\\${path}`;
    rig.machine.setRegistryValue(key, 'Text', { type: 'string', data: 'hello' });
    rig.machine.setRegistryValue(key, 'Expand', { type: 'expandstring', data: '%SystemRoot%\\x' });
    rig.machine.setRegistryValue(key, 'Multi', { type: 'multistring', data: ['a', 'b'] });
    rig.machine.setRegistryValue(key, 'Dword', { type: 'dword', data: '4294967295' });
    rig.machine.setRegistryValue(key, 'Qword', { type: 'qword', data: '18446744073709551615' });
    rig.machine.setRegistryValue(key, 'Bytes', { type: 'binary', data: '00ff10' });
  });
  afterEach(() => rig.close());

  const ask = (
    method: string,
    sValueName?: string,
    sSubKeyName = path,
    hDefKey = hklm,
  ): Record<string, unknown> =>
    invokeStdRegProv(rig.machine, method, {
      hDefKey,
      sSubKeyName,
      ...(sValueName !== undefined && { sValueName }),
    });

  it('reads each type with its method', () => {
    expect(ask('GetStringValue', 'text')).to.deep.equal({ ReturnValue: 0, sValue: 'hello' });
    expect(ask('GetExpandedStringValue', 'Expand')).to.deep.equal({
      ReturnValue: 0,
      sValue: 'C:\\Windows\\x',
    });
    expect(ask('GetMultiStringValue', 'Multi')).to.deep.equal({ ReturnValue: 0, sValue: ['a', 'b'] });
    expect(ask('GetDWORDValue', 'Dword')).to.deep.equal({ ReturnValue: 0, uValue: 4294967295 });
    expect(ask('GetQWORDValue', 'Qword')).to.deep.equal({ ReturnValue: 0, uValue: 18446744073709551615n });
    expect(ask('GetBinaryValue', 'Bytes')).to.deep.equal({ ReturnValue: 0, uValue: [0, 255, 16] });
  });

  it('says what is missing or of another type by its return value, never by a fault', () => {
    expect(ask('GetStringValue', 'Nope')).to.deep.equal({ ReturnValue: 1 });
    expect(ask('GetStringValue', 'Text', 'SOFTWARE\\Nope')).to.deep.equal({ ReturnValue: 2 });
    expect(ask('GetDWORDValue', 'Text')).to.deep.equal({ ReturnValue: 2147749893 });
    expect(ask('GetStringValue', 'Expand')).to.deep.equal({ ReturnValue: 2147749893 });
    expect(ask('GetStringValue', 'Text', path, '1')).to.deep.equal({ ReturnValue: 6 });
    expect(ask('GetStringValue', 'Text', 'x'.repeat(2000))).to.deep.equal({ ReturnValue: 87 });
  });

  it('lists keys, and values with their types in step', () => {
    expect(ask('EnumKey', undefined, 'SOFTWARE')['sNames']).to.include('Example');
    expect(ask('EnumKey', undefined, 'SOFTWARE\\Nope')).to.deep.equal({ ReturnValue: 2 });
    expect(ask('EnumValues')).to.deep.equal({
      ReturnValue: 0,
      sNames: ['Text', 'Expand', 'Multi', 'Dword', 'Qword', 'Bytes'],
      Types: [1, 2, 7, 4, 11, 3],
    });
  });

  it('does not list a default value that is alone, and reads it by the empty name', () => {
    rig.machine.setRegistryValue('HKLM\\SOFTWARE\\Default', '', { type: 'string', data: 'd' });
    expect(ask('EnumValues', undefined, 'SOFTWARE\\Default')).to.deep.equal({
      ReturnValue: 0,
      sNames: [],
      Types: [],
    });
    expect(ask('GetStringValue', '', 'SOFTWARE\\Default')).to.deep.equal({ ReturnValue: 0, sValue: 'd' });
  });
});
