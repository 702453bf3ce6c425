import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { SaxesParser } from 'saxes';
import { LyncimgError } from '../../../src/errors/index.js';
import { comment, element, forbiddenCharacter, writeXml } from '../../../src/render/answer-file/xml.js';

// Surrogates among them: pairs of them that form a character, and lone ones.
const anyCharacter = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }).map((point) => String.fromCodePoint(point)),
  fc.integer({ min: 0, max: 0x10_ff_ff }).map((point) => String.fromCodePoint(point)),
);

describe('writeXml', () => {
  it('indents, puts comments on lines of their own and texts beside their names', () => {
    const root = element('a', [comment('why'), element('b', 'text', { 'x:y': 'true' })], {
      'xmlns:x': 'urn:x',
    });

    expect(writeXml(['head'], root).split('\r\n')).to.deep.equal([
      '<?xml version="1.0" encoding="utf-8"?>',
      '<!-- head -->',
      '<a xmlns:x="urn:x">',
      '  <!-- why -->',
      '  <b x:y="true">text</b>',
      '</a>',
      '',
    ]);
  });

  it('gives back every text that XML can hold, in an element and in an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (text) => {
        if (forbiddenCharacter(text) !== null) return;
        expect(readBack(writeXml([], element('a', text, { b: text })))).to.deep.equal({
          text,
          attribute: text,
        });
      }),
    );
  });

  for (const text of [
    '"',
    "'",
    ']]>',
    '--',
    '-',
    '<!-- -->',
    '&amp;',
    '$&',
    '  ',
    'a > b',
    '/>',
    '</a>',
    '\u2028',
  ]) {
    it(`gives back ${JSON.stringify(text)}`, () => {
      expect(readBack(writeXml([], element('a', text, { b: text })))).to.deep.equal({
        text,
        attribute: text,
      });
    });
  }

  it('stays well-formed around any comment', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('-', '>', '<', '!', 'a', ' '), maxLength: 12 }),
        (text) => {
          expect(readBack(writeXml([text], element('a', 'x', { b: 'y' })))).to.deep.equal({
            text: 'x',
            attribute: 'y',
          });
        },
      ),
    );
  });

  const impossible = [
    '\u0000',
    '\u0008',
    '\t',
    '\n',
    '\u000B',
    '\r',
    '\u001B',
    '\u007F',
    '\u0085',
    '\uD800',
    '\uDFFF',
  ];
  for (const character of [...impossible, '\uFFFE', '\uFFFF']) {
    const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

    it(`refuses ${name} wherever it stands, and does not repeat it`, () => {
      const text = `a${character}b`;
      for (const write of [
        () => writeXml([], element('a', text)),
        () => writeXml([], element('a', '', { b: text })),
        () => writeXml([], element('a', [comment(text)])),
        () => writeXml([text], element('a', '')),
      ]) {
        const error = caught(write);
        expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_ANSWER_CHARACTER');
        expect((error as LyncimgError).message)
          .to.contain(name)
          .and.not.to.contain(character);
      }
    });
  }

  it('takes no name that is none', () => {
    expect(() => writeXml([], element('a b', ''))).to.throw('not a name');
    expect(() => writeXml([], element('a', '', { 'b"c': '' }))).to.throw('not a name');
  });
});

function readBack(file: string): { text: string; attribute: string | undefined } {
  const parser = new SaxesParser();
  let text = '';
  let attribute: string | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ attributes }) => (attribute = attributes['b']));
  parser.on('text', (piece) => (text += piece));
  // Line ends between the declaration and the root are no content.
  parser.write(file.replace(/\r\n$/, '')).close();
  return { text: text.replace(/^(?:\r?\n)+/, ''), attribute };
}

function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}
