import { expect } from 'chai';
import { describe, it } from 'mocha';
import { registryData, sameData } from '../../../src/twin/modules/registry-data.js';

describe('data of a registry value', () => {
  const made: [string, Parameters<typeof registryData>, string | string[]][] = [
    ['a dword from a number', [5, 'dword', 'n'], '5'],
    ['a dword from hex', ['0xffffffff', 'dword', 'n'], '4294967295'],
    ['a dword from a negative number', [-1, 'dword', 'n'], '4294967295'],
    ['a dword from true', [true, 'dword', 'n'], '1'],
    ['a dword without data', [null, 'dword', 'n'], '0'],
    ['a qword beyond a double', [18446744073709551615n, 'qword', 'n'], '18446744073709551615'],
    ['a text from a number', [7, 'string', 'n'], '7'],
    ['a text from true', [true, 'string', 'n'], 'True'],
    ['a text without data', [null, 'string', 'n'], ''],
    ['a list from one text', ['one', 'multistring', 'n'], ['one']],
    ['a list without data', [null, 'multistring', 'n'], []],
    ['bytes from a list', [[190, '0xef'], 'binary', 'n'], 'beef'],
    ['bytes as reg.exe writes them', ['hex:BE,ef', 'binary', 'n'], 'beef'],
    ['bytes as plain hex', ['beef', 'binary', 'n'], 'beef'],
    ['a single digit', ['b', 'binary', 'n'], '0b'],
    ['one byte from a number', [255, 'binary', 'n'], 'ff'],
    ['no bytes', [null, 'binary', 'n'], ''],
  ];
  for (const [what, [data, type, name], expected] of made) {
    it(`is ${what}`, () => {
      expect(registryData(data, type, name)?.data).to.deep.equal(expected);
    });
  }

  it('is none for the default value without data', () => {
    expect(registryData(null, 'string', null)).to.equal(null);
  });

  const wrong: [string, Parameters<typeof registryData>, string][] = [
    [
      'a dword that is too large',
      [4294967296, 'dword', 'n'],
      'data cannot be larger than 0xffffffff when type is dword',
    ],
    [
      'a qword that is too large',
      ['18446744073709551616', 'qword', 'n'],
      'data cannot be larger than 0xffffffffffffffff',
    ],
    ['a dword that is too small', [-4294967296, 'dword', 'n'], 'to type "System.Int32"'],
    ['words for a number', ['many', 'dword', 'n'], 'Cannot convert value "many" to type "System.UInt64"'],
    ['a byte over 255', [256, 'binary', 'n'], "cannot convert binary data '256' to byte array"],
    ['a byte over 255 in a list', [[1, 256], 'binary', 'n'], 'to type "System.Byte"'],
  ];
  for (const [what, [data, type, name], message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => registryData(data, type, name)).to.throw(message);
    });
  }

  it('compares lists without and texts with regard to case', () => {
    expect(sameData({ type: 'multistring', data: ['A'] }, { type: 'multistring', data: ['a'] })).to.equal(
      true,
    );
    expect(
      sameData({ type: 'multistring', data: ['a'] }, { type: 'multistring', data: ['a', 'b'] }),
    ).to.equal(false);
    expect(sameData({ type: 'string', data: 'A' }, { type: 'string', data: 'a' })).to.equal(false);
    expect(sameData({ type: 'string', data: '1' }, { type: 'dword', data: '1' })).to.equal(true);
    expect(sameData({ type: 'binary', data: 'beef' }, { type: 'binary', data: 'bee0' })).to.equal(false);
  });
});
