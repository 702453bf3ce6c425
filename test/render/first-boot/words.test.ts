import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  argument,
  argvWord,
  inParentheses,
  logWords,
  quotedPath,
  remarkWords,
} from '../../../src/render/first-boot/words.js';
import { argvOf } from './argv.js';

describe('words on a command line', () => {
  it('arrive at a program as they are, by the rules of the C runtime', () => {
    expect(argvWord('plain')).to.equal('"plain"');
    expect(argvWord('a"b')).to.equal('"a\\"b"');
    expect(argvWord('end\\')).to.equal('"end\\\\"');
    expect(argvWord('a\\"b')).to.equal('"a\\\\\\"b"');
    expect(argvWord('C:\\x y')).to.equal('"C:\\x y"');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 127 }), (text) => {
        expect(argvOf(`user "x" ${argvWord(text)} /y`)).to.deep.equal(['user', 'x', text, '/y']);
      }),
    );
  });

  it('are read as Microsoft says', () => {
    // The examples of "Parsing C command-line arguments".
    expect(argvOf('"abc" d e')).to.deep.equal(['abc', 'd', 'e']);
    expect(argvOf('a\\\\b d"e f"g h')).to.deep.equal(['a\\\\b', 'de fg', 'h']);
    expect(argvOf('a\\\\\\"b c d')).to.deep.equal(['a\\"b', 'c', 'd']);
    expect(argvOf('a\\\\\\\\"b c" d e')).to.deep.equal(['a\\\\b c', 'd', 'e']);
  });

  it('are quoted where they need it, with their percent signs for a batch file', () => {
    expect(argument('/norestart')).to.equal('/norestart');
    expect(argument('a b')).to.equal('"a b"');
    expect(argument('100%')).to.equal('"100%%"');
    expect(quotedPath('M:\\a & b.exe')).to.equal('"M:\\a & b.exe"');
  });

  it('are refused where no quoting helps', () => {
    for (const text of ['a"b', 'a\nb', 'ä', '', 'C:\\']) {
      expect(() => quotedPath(text), text).to.throw('cannot stand on a command line');
    }
  });

  it("are a platform's own where they stay within their parentheses", () => {
    expect(inParentheses('"a (1).exe" /S & b')).to.equal('"a (1).exe" /S & b');
    for (const text of ['a ) & b', 'a "b', 'a\r\nb']) {
      expect(() => inParentheses(text), text).to.throw('cannot stand in parentheses');
    }
  });

  it('are plain in remarks, and plainer in the log', () => {
    expect(remarkWords('A "page" & <more>: 100% (x)')).to.equal('A page more : 100 (x)');
    expect(logWords('KB1 (a title)')).to.equal('KB1 a title');
  });
});
