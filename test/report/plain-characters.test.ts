import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { plainCharacters, plainLine } from '../../src/report/plain-characters.js';

describe('plainCharacters', () => {
  const texts: [string, string, string][] = [
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['cursor moves and screen clearing', 'a\u001b[2J\u001b[Hb', 'ab'],
    ['window titles', 'a\u001b]0;title\u0007b', 'ab'],
    ['links', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['eight-bit control codes', 'a\u009b31mb\u009d0;x\u009cc', 'abc'],
    ['a device control string', 'a\u001bPq#0\u001b\\b', 'ab'],
    ['control characters', 'a\u0000b\u0008c\u007f', 'a\ufffdb\ufffdc\ufffd'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['noncharacters', '\ufffe\uffff', '\ufffd\ufffd'],
    ['marks that turn the direction', 'fail\u202essap', 'fail\ufffdssap'],
  ];
  for (const [what, text, plain] of texts) {
    it(`takes out ${what}`, () => {
      expect(plainCharacters(text)).to.equal(plain);
    });
  }

  it('leaves tabs, line ends, other scripts and emoji', () => {
    expect(plainCharacters('a\tb\r\nmünchen 東京 🎉')).to.equal('a\tb\r\nmünchen 東京 🎉');
  });

  it('never lets through what XML 1.0 forbids or what starts a terminal code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainCharacters(text)).to.not.match(
          // eslint-disable-next-line no-control-regex -- control characters are what is looked for
          /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/,
        );
      }),
    );
  });
});

describe('plainLine', () => {
  it('is one line', () => {
    expect(plainLine('  a\r\n\tb  ')).to.equal('a b');
  });
});
