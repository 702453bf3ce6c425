import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseYaml, type YamlFile } from '../../src/catalog/yaml-file.js';
import { lineAndColumn, orThrow, type Position } from '../../src/errors/index.js';
import { lines } from './kit.js';

const file = (text: string): YamlFile => orThrow(parseYaml({ file: 'x.yaml', text }));
const place = ({ source, start }: Position): string => {
  const { line, column } = lineAndColumn(source.text, start);
  return `${line}:${column}`;
};

describe('a YAML file', () => {
  it('knows where each value and key stands', () => {
    const yaml = file('a:\n  - b: 1\n    c: { d: 2 }\n');
    expect(place(yaml.at(['a', 0, 'b']))).to.equal('2:8');
    expect(place(yaml.at(['a', 0, 'c', 'd']))).to.equal('3:13');
    expect(place(yaml.atKey(['a', 0], 'c'))).to.equal('3:5');
  });

  it('points at the nearest thing around what is not there', () => {
    const yaml = file('a:\n  - b: 1\nc:\n');
    expect(place(yaml.at(['a', 0, 'x']))).to.equal('2:5');
    expect(place(yaml.at(['a', 7]))).to.equal('2:3');
    expect(place(yaml.atKey(['a', 0], 'x'))).to.equal('2:5');
    expect(place(yaml.at(['c', 'x']))).to.equal('3:3');
    expect(place(file('').at(['x']))).to.equal('1:1');
  });

  it('follows aliases to what they stand for', () => {
    const yaml = file('a: &a { b: 1 }\nc: *a\n');
    expect(yaml.value).to.deep.equal({ a: { b: 1 }, c: { b: 1 } });
    expect(place(yaml.at(['c', 'b']))).to.equal('1:12');
  });

  it('keeps yes, on and dates as text, as YAML 1.2 has it', () => {
    expect(file('[yes, on, 2016-12-08, 010]').value).to.deep.equal(['yes', 'on', '2016-12-08', 10]);
  });

  it('gives a key named __proto__ no power', () => {
    const yaml = file('__proto__: { polluted: true }\n');
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect(Object.keys(yaml.value as object)).to.deep.equal(['__proto__']);
  });

  it('ends on a text that is nested too deeply, and on more aliases than it takes', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(lines(parseYaml({ file: 'x', text: deep })).join()).to.match(/^E_YAML_SYNTAX x:1:\d+$/);
    const many = `a: &a 1\nb: [${Array(51).fill('*a').join(', ')}]\n`;
    expect(lines(parseYaml({ file: 'x', text: many }))).to.deep.equal(['E_YAML_ALIASES x:2:5']);
  });
});
