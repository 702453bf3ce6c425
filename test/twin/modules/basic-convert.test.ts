import { expect } from 'chai';
import { describe, it } from 'mocha';
import { convert, dotNetText, dotNetType } from '../../../src/twin/modules/basic-convert.js';

const context = { expand: (text: string): string => text };

describe('conversions of Ansible.Basic', () => {
  it('take dictionaries as objects, JSON and key=value', () => {
    expect(convert({ a: 1 }, 'dict', context)).to.deep.equal({ a: 1 });
    expect(convert('{"a": 1}', 'dict', context)).to.deep.equal({ a: 1 });
    expect(convert('a=1, b=2', 'dict', context)).to.deep.equal({ a: '1', b: '2' });
  });

  for (const [value, type, message] of [
    [
      'plain',
      'dict',
      'string cannot be converted to a dict, must either be a JSON string or in the key=value form',
    ],
    ['{broken}', 'dict', 'Invalid object passed in'],
    [5, 'dict', 'System.Int32 cannot be converted to a dict'],
    [true, 'list', 'System.Boolean cannot be converted to a list'],
    ['99999999999', 'int', 'Value was either too large or too small for an Int32.'],
    ['C:\\a|b', 'path', 'string value contains invalid path characters, cannot convert to path'],
  ] as const) {
    it(`refuse ${JSON.stringify(value)} as ${type}`, () => {
      expect(() => convert(value, type, context)).to.throw(message);
    });
  }

  it('leave device paths alone', () => {
    expect(convert('\\\\?\\C:\\%TEMP%', 'path', { expand: () => 'expanded' })).to.equal('\\\\?\\C:\\%TEMP%');
  });

  it('write values and name types as .NET does', () => {
    expect([true, 5, 5n, 'x', null].map(dotNetText)).to.deep.equal([
      'True',
      '5',
      '5',
      'x',
      'System.Collections.Hashtable',
    ]);
    expect([1, 5_000_000_000, 1.5, [1], {}].map(dotNetType)).to.deep.equal([
      'System.Int32',
      'System.Int64',
      'System.Decimal',
      'System.Object[]',
      'System.Collections.Hashtable',
    ]);
  });
});
