import { expect } from 'chai';
import { describe, it } from 'mocha';
import { attributes, expression, local, map, template } from '../../src/platforms/index.js';
import { writeHcl } from '../../src/render/hcl.js';

describe('writeHcl', () => {
  it('lines up neighbours as packer fmt does', () => {
    const text = writeHcl([
      {
        block: 'source',
        labels: ['null', 'guest'],
        body: attributes({ a: 1, longer: true, list: ['x', 'y'] }),
      },
    ]);

    expect(text).to.equal(
      ['source "null" "guest" {', '  a      = 1', '  longer = true', '  list   = ["x", "y"]', '}', ''].join(
        '\n',
      ),
    );
  });

  it('writes a long list one item a line, and starts the columns anew around it', () => {
    const long = Array.from({ length: 4 }, (_, index) => `${'x'.repeat(20)}${String(index)}`);
    const text = writeHcl(attributes({ first: 1, commands: long, a: 2 }));

    expect(text.split('\n').slice(0, 3)).to.deep.equal(['first = 1', 'commands = [', `  "${long[0]!}",`]);
    expect(text).to.contain('\n]\na = 2\n');
  });

  it('writes a list of lists one list a line', () => {
    expect(writeHcl(attributes({ a: 1, commands: [['x', 'y'], ['z']] }))).to.equal(
      ['a = 1', 'commands = [', '  ["x", "y"],', '  ["z"],', ']', ''].join('\n'),
    );
  });

  it('writes a map over several lines, with quotes around keys that are no names', () => {
    const values = map({ firmware: 'efi', 'sata0:1.present': 'TRUE', inner: map({ a: 1 }), none: map({}) });

    expect(writeHcl(attributes({ vmx_data: values, b: 1 }))).to.equal(
      [
        'vmx_data = {',
        '  firmware          = "efi"',
        '  "sata0:1.present" = "TRUE"',
        '  inner = {',
        '    a = 1',
        '  }',
        '  none = {}',
        '}',
        'b = 1',
        '',
      ].join('\n'),
    );
  });

  it('writes texts with expressions in them, whose texts stay texts', () => {
    const value = template('a"${b}', local('name'), '/$', local('output'), '%', '{c');

    expect(writeHcl(attributes({ value }))).to.equal(
      'value = "a\\"$${b}${local.name}/${"$"}${local.output}${"%"}{c"\n',
    );
  });

  it('writes an empty block', () => {
    expect(writeHcl([{ block: 'a', body: [] }])).to.equal('a {\n}\n');
  });

  it('writes expressions as they are and texts as texts', () => {
    expect(writeHcl(attributes({ value: expression('var.host') }))).to.equal('value = var.host\n');
    expect(writeHcl(attributes({ value: 'var.host' }))).to.equal('value = "var.host"\n');
  });

  for (const [name, text, written] of [
    ['templates', '${var.password} %{ if true }', '"$${var.password} %%{ if true }"'],
    ['quotes and backslashes', 'a"b\\c', '"a\\"b\\\\c"'],
    ['line ends', 'a\nb\r\tc', '"a\\nb\\r\\tc"'],
    ['control characters', 'a\u0000b\u0085', '"a\\u0000b\\u0085"'],
    ['a dollar or percent that starts no template', '$HOME 5%', '"$HOME 5%"'],
  ] as const) {
    it(`takes nothing in a text for ${name}`, () => {
      expect(writeHcl(attributes({ value: text }))).to.equal(`value = ${written}\n`);
    });
  }

  it('keeps a comment on its line', () => {
    expect(writeHcl([{ comment: 'one\rresource "x" {}\u2028y\ntwo' }])).to.equal(
      '# one resource "x" {} y\n# two\n',
    );
  });
});
